"""Two people at one moment. Only PostgreSQL lets them be there together."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from participants.enrolments import actions, importing
from participants.models import Enrolment, Exemption, Pause, User
from tests.factories import CohortFactory, EnrolmentFactory, PauseFactory, RoleFactory, UserFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TIMES = 10


def codes(act, people):
    """The codes of the refusals when all ``people`` do the same at once; "done" for who could."""
    barrier = Barrier(len(people))

    def run(by):
        try:
            connection.ensure_connection()
            barrier.wait()
            act(by=by)
            return "done"
        except ValidationError as refusal:
            return refusal.error_list[0].code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        return sorted(pool.map(run, people))


@pytest.fixture
def coordinators():
    return [RoleFactory(coordinator=True).user for _person in range(2)]


def test_two_coordinators_who_enrol_one_person_do_it_once(coordinators):
    for _time in range(TIMES):
        enrol = partial(actions.enrol, UserFactory(), CohortFactory())
        assert codes(enrol, coordinators) == ["already_enrolled", "done"]


def test_two_decisions_about_one_applicant_are_one(coordinators):
    for _time in range(TIMES):
        admit = partial(actions.admit, EnrolmentFactory(applied=True), reason="Past goed")
        assert codes(admit, coordinators) == ["already_decided", "done"]


def test_two_exemptions_at_once_are_one(coordinators):
    for _time in range(TIMES):
        exempt = partial(actions.exempt, EnrolmentFactory(), "pop", reason="Eerder")
        assert codes(exempt, coordinators) == ["already_exempted", "done"]
    assert Exemption.objects.standing().count() == TIMES


def test_a_double_press_asks_for_one_pause():
    enrolment = EnrolmentFactory()
    days = PauseFactory.build(enrolment=enrolment, requested_by=None)
    ask = partial(actions.request_pause, enrolment, days.starts_on, days.ends_on)
    assert codes(ask, [enrolment.participant] * 2) == ["done", "overlaps"]
    assert Pause.objects.count() == 1


def test_one_list_imported_twice_at_once_adds_everybody_once(coordinators):
    cohort = CohortFactory()
    content = "naam;email\nJo;jo@leerlijn.example\nZoë;zoe@leerlijn.example\n".encode()
    planned = importing.plan(content, cohort, by=coordinators[0])
    said = codes(partial(importing.run, planned), coordinators)
    assert "done" in said
    assert set(said) <= {"done", "email_taken", "already_enrolled"}
    assert Enrolment.objects.filter(cohort=cohort).count() == 2
    assert (
        User.objects.filter(email__in=["jo@leerlijn.example", "zoe@leerlijn.example"]).count() == 2
    )
