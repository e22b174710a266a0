"""Two people at one moment. Only PostgreSQL lets them be there together."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from certificates import participation
from certificates.models import ParticipationStatement
from participants.enrolments import actions, applying, importing
from participants.models import Enrolment, Event, Exemption, Pause, Posting, User
from participants.overview import moving
from tests.factories import CohortFactory, EnrolmentFactory, PauseFactory, RoleFactory, UserFactory
from tests.factories.applications import ApplicationFactory, open_cohort

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TIMES = 10


def codes(act, people):
    """The codes of the refusals when all ``people`` do the same at once; "done" for who could."""
    return at_once([partial(act, by=by) for by in people])


def at_once(acts):
    """The same for several ``acts`` of which each is done once."""
    barrier = Barrier(len(acts), timeout=30)

    def run(act):
        try:
            connection.ensure_connection()
            barrier.wait()
            act()
            return "done"
        except ValidationError as refusal:
            return refusal.error_list[0].code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


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


def test_admitting_and_declining_at_once_is_one_decision_and_one_mail(coordinators):
    for _time in range(TIMES):
        enrolment = EnrolmentFactory(applied=True)
        first, second = coordinators
        admit = partial(actions.admit, enrolment, by=first, reason="Past goed")
        decline = partial(actions.decline, enrolment, by=second, reason="De groep is vol")
        assert at_once([admit, decline]) == ["already_decided", "done"]
        [event] = Event.objects.filter(enrolment=enrolment)
        enrolment.refresh_from_db()
        assert event.act == {"active": "admitted", "declined": "declined"}[enrolment.status]
        assert event.actor == enrolment.decided_by
    assert Posting.objects.count() == TIMES


def test_one_link_pressed_twice_at_once_is_one_application():
    for _time in range(TIMES):
        application = ApplicationFactory()
        confirm = partial(applying.confirm, application.token)
        assert at_once([confirm, confirm]) == ["already_confirmed", "done"]
    assert Enrolment.objects.count() == User.objects.count() == TIMES
    assert Event.objects.filter(act="applied").count() == TIMES


def test_two_links_of_one_address_at_once_are_one_person_and_one_application():
    for number in range(TIMES):
        cohort, email = open_cohort(), f"jo{number}@leerlijn.example"
        links = [ApplicationFactory(cohort=cohort, email=email).token for _link in range(2)]
        assert at_once([partial(applying.confirm, link) for link in links]) == ["done", "done"]
        assert cohort.enrolments.count() == User.objects.filter(email=email).count() == 1
    assert Event.objects.filter(act="applied").count() == TIMES


def test_a_double_press_with_an_account_is_one_application():
    for _time in range(TIMES):
        cohort, person = open_cohort(), UserFactory()
        apply = partial(applying.apply, cohort, did_training=True, has_experience=False)
        assert codes(apply, [person, person]) == ["done", "done"]
        assert cohort.enrolments.count() == 1


def test_two_moves_at_once_are_one(coordinators):
    for _time in range(TIMES):
        enrolment = EnrolmentFactory()
        there = open_cohort(track=enrolment.cohort.track)
        move = partial(moving.move, enrolment, there, reason="Later verder")
        assert codes(move, coordinators) == ["already_enrolled", "done"]
        assert Event.objects.filter(enrolment=enrolment).count() == 1


def test_a_statement_asked_for_twice_at_once_is_made_once(coordinators):
    for _time in range(TIMES):
        enrolment = EnrolmentFactory(stopped=True)
        assert codes(partial(participation.make_statement, enrolment), coordinators) == [
            "done",
            "done",
        ]
        assert ParticipationStatement.objects.filter(enrolment=enrolment).count() == 1


def test_two_ticks_at_once_take_an_application_away_once():
    for _time in range(TIMES):
        EnrolmentFactory(status="declined", cohort=open_cohort())
        assert at_once([applying.sweep, applying.sweep]) == ["done", "done"]
    assert not Enrolment.objects.exists()
    assert Event.objects.filter(act="declined_application_removed").count() == TIMES
