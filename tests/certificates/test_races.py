"""Two people at one moment. Only PostgreSQL lets them be there together (design.md, section 4)."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Sum

from certificates import actions, ending
from certificates.models import Certificate, NumberSeries, Revocation
from participants.hours import actions as hours
from participants.models import Enrolment, Event, HourEntry
from tests.factories import CohortFactory, HourEntryFactory, RoleFactory, ready_enrolment
from tests.factories.certificates import CertificateFactory, RevocationFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TIMES = 100
AT_ONCE = 8  # a process has ten connections; the test holds one, and a browser before it another


def at_once(*acts):
    """What each of ``acts`` gave: its value, or the code of its refusal; all begin together."""
    barrier = Barrier(len(acts), timeout=30)

    def run(act):
        try:
            connection.ensure_connection()
            barrier.wait()
            return act()
        except ValidationError as refusal:
            return refusal.error_list[0].code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def coordinators():
    return [RoleFactory(coordinator=True).user for _person in range(2)]


def test_two_coordinators_who_issue_at_once_make_one_certificate_each_time(coordinators):
    cohort = ready_enrolment().cohort
    for _person in range(TIMES - 1):
        ready_enrolment(cohort=cohort)
    for enrolment in Enrolment.objects.order_by("pk"):
        made = at_once(*(partial(actions.issue, enrolment, by=by) for by in coordinators))
        [certificate] = [each for each in made if isinstance(each, Certificate)]
        assert [each for each in made if each != certificate] == ["already_issued"]
    assert Certificate.objects.valid().count() == TIMES
    assert NumberSeries.objects.get().last == TIMES
    assert Event.objects.filter(act="certificate_issued").count() == TIMES


def test_a_hundred_who_issue_for_one_person_make_one_certificate(coordinators):
    enrolment = ready_enrolment()
    everybody = [partial(actions.issue, enrolment, by=by) for by in coordinators] * (TIMES // 2)
    crowds = [everybody[n : n + AT_ONCE] for n in range(0, TIMES, AT_ONCE)]
    made = [result for crowd in crowds for result in at_once(*crowd)]
    assert made.count("already_issued") == TIMES - 1
    assert Certificate.objects.count() == NumberSeries.objects.get().last == 1
    assert Event.objects.filter(act="certificate_issued").count() == 1


def test_two_batches_at_once_share_the_people_and_use_each_number_once(coordinators):
    cohort = ready_enrolment().cohort
    for _person in range(9):
        ready_enrolment(cohort=cohort)
    everybody = Enrolment.objects.filter(cohort=cohort)
    batches = [everybody, everybody.order_by("-pk")]
    made = at_once(
        *(
            partial(actions.issue_all, batch, by=by)
            for by, batch in zip(coordinators, batches, strict=True)
        )
    )
    assert sorted(len(batch) for batch in made) == [0, 10]
    numbers = set(Certificate.objects.values_list("number", flat=True))
    assert len(numbers) == NumberSeries.objects.get().last == 10


def test_the_first_certificates_of_a_year_get_two_numbers(coordinators):
    made = at_once(*(partial(actions.issue, ready_enrolment(), by=by) for by in coordinators))
    assert len({certificate.number for certificate in made}) == 2
    assert NumberSeries.objects.get().last == 2


def test_of_two_who_end_a_certificate_exactly_one_does(coordinators):
    first, second = coordinators
    for _turn in range(20):
        certificate = CertificateFactory(name="Marisol Martna")
        ends = at_once(
            partial(actions.revoke, certificate, by=first, reason="Te vroeg"),
            partial(actions.correct, certificate, by=second, name="Marisol Martina"),
        )
        assert ends.count("already_ended") == 1
        certificate.refresh_from_db()
        assert certificate.status in ("revoked", "replaced")
        valid = Certificate.objects.valid().filter(enrolment=certificate.enrolment)
        assert valid.count() == (certificate.status == "replaced")


def test_of_two_who_answer_a_wish_to_revoke_exactly_one_does(coordinators):
    first, second = coordinators
    for _turn in range(6):
        asked = RevocationFactory()
        ends = at_once(
            partial(ending.confirm, asked, by=first),
            partial(ending.reject, asked, by=second, note="Het klopt wel"),
        )
        assert sorted(ends, key=str) == [None, "already_answered"]
        asked.refresh_from_db()
        revoked = asked.certificate.status == "revoked"
        assert asked.answer == ("confirmed" if revoked else "rejected")


def test_of_two_who_ask_to_revoke_one_waits_and_no_correction_comes_between(coordinators):
    first, second = coordinators
    for _turn in range(6):
        certificate = CertificateFactory(enrolment__cohort__track__revoking_takes_two=True)
        ends = at_once(
            partial(ending.revoke, certificate, by=first, reason="Te vroeg"),
            partial(ending.revoke, certificate, by=second, reason="Te vroeg"),
            partial(actions.correct, certificate, by=second, name="Marisol M."),
        )
        corrected = any(isinstance(end, Certificate) for end in ends)
        assert Revocation.objects.filter(certificate=certificate).count() == (not corrected)
        assert sum(isinstance(end, str) for end in ends) == 2


def test_a_certificate_beside_an_approval_has_the_sum_at_that_moment(coordinators):
    office, trainer = coordinators
    cohort = CohortFactory()
    for _turn in range(TIMES):
        enrolment = ready_enrolment(cohort=cohort)
        entry = HourEntryFactory(enrolment=enrolment, date="2025-04-01", minutes=60)
        before = HourEntry.objects.filter(enrolment=enrolment, kind="work").approved()
        sum_before = before.aggregate(total=Sum("minutes"))["total"]
        certificate, approved = at_once(
            partial(actions.issue, enrolment, by=office),
            partial(hours.approve, entry, by=trainer),
        )
        counted = 60 if approved.reviewed_at < certificate.issued_at else 0
        assert certificate.facts["work_minutes"] == sum_before + counted
    assert Event.objects.filter(act="hours_approved").count() == TIMES
    assert Event.objects.filter(act="certificate_issued").count() == TIMES
