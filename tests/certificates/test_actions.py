import datetime as dt
import hashlib
from unittest import mock

import pypdfium2
import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from certificates import actions
from certificates.models import Certificate, NumberSeries
from participants.models import Enrolment, Event
from tests.factories import (
    EnrolmentFactory,
    HourEntryFactory,
    RoleFactory,
    ready_enrolment,
)
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db
EVERYBODY = Enrolment.objects.all()
UNPRINTABLE = "Noor 漢"


def code_of(refusal):
    return refusal.value.error_list[0].code


def acts():
    return set(Event.objects.decisions().values_list("act", flat=True))


def test_who_met_everything_gets_a_certificate(coordinator):
    enrolment = ready_enrolment(participant__name="Marisol  Martina")
    [certificate] = actions.issue_all(EVERYBODY, by=coordinator)
    certificate = Certificate.objects.get(pk=certificate.pk)
    assert (certificate.enrolment, certificate.status) == (enrolment, "valid")
    assert certificate.name == "Marisol Martina"
    assert certificate.award_date == actions.award_date_or_refusal()
    assert certificate.issued_by == coordinator
    enrolment.refresh_from_db()
    assert enrolment.status == "completed"
    assert {"certificate_issued", "completed"} <= acts()


def test_the_stored_bytes_are_the_paper_with_this_name_and_number(coordinator):
    ready_enrolment(participant__name="Łukasz Yıldız")
    [certificate] = actions.issue_all(EVERYBODY, by=coordinator)
    pdf = bytes(Certificate.objects.get().document.pdf)
    assert hashlib.sha256(pdf).hexdigest() == certificate.sha256
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()
    assert "Łukasz Yıldız" in text
    assert certificate.number in text


@pytest.mark.parametrize("kind", ["work", "study"])
def test_a_minute_under_the_norm_is_no_certificate(coordinator, kind):
    enrolment = ready_enrolment(**{kind: 3599})
    assert actions.issue_all(EVERYBODY, by=coordinator) == []
    with pytest.raises(ValidationError) as refusal:
        actions.issue(enrolment, by=coordinator)
    assert code_of(refusal) == "criteria_not_met"
    assert ("Werk" if kind == "work" else "Studie") in refusal.value.message


@pytest.mark.parametrize("minutes", [3600, 3601])
def test_the_norm_and_a_minute_over_it_are_enough(coordinator, minutes):
    enrolment = ready_enrolment(work=minutes, study=minutes)
    assert actions.issue(enrolment, by=coordinator).facts["work_minutes"] == minutes


@pytest.mark.parametrize("key", ["lessons", "intervision", "pop", "gop", "interview"])
def test_each_criterion_alone_holds_the_certificate_back(coordinator, key):
    with pytest.raises(ValidationError) as refusal:
        actions.issue(ready_enrolment(without=[key]), by=coordinator)
    assert code_of(refusal) == "criteria_not_met"
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("status", ["stopped", "applied", "declined"])
def test_who_does_not_take_part_gets_none(coordinator, status):
    decided = {} if status != "applied" else {"decided_at": None, "decided_by": None}
    enrolment = ready_enrolment(status=status, **decided)
    with pytest.raises(ValidationError) as refusal:
        actions.issue(enrolment, by=coordinator)
    assert code_of(refusal) == "criteria_not_met"


def test_who_was_completed_without_a_certificate_can_still_get_one(coordinator):
    assert actions.issue(ready_enrolment(status="completed"), by=coordinator).pk


def test_the_same_request_again_changes_nothing(coordinator):
    enrolment = ready_enrolment()
    [first] = actions.issue_all(EVERYBODY, by=coordinator)
    assert actions.issue_all(EVERYBODY, by=coordinator) == []
    with pytest.raises(ValidationError) as refusal:
        actions.issue(enrolment, by=coordinator)
    assert code_of(refusal) == "already_issued"
    assert Certificate.objects.get() == first
    assert NumberSeries.objects.get().last == 1


def test_the_constraint_behind_the_lock_answers_with_the_same_sentence(coordinator):
    enrolment = ready_enrolment()
    CertificateFactory(enrolment=enrolment)
    with (
        mock.patch.object(actions, "ready_enrolments", Enrolment.objects.all),
        pytest.raises(ValidationError) as refusal,
    ):
        actions.issue(enrolment, by=coordinator)
    assert code_of(refusal) == "already_issued"
    assert not NumberSeries.objects.exists()


def test_another_clash_in_the_database_is_not_explained_away(coordinator):
    ready_enrolment()
    with (
        mock.patch.object(actions, "_keep", side_effect=IntegrityError("iets anders")),
        pytest.raises(IntegrityError),
    ):
        actions.issue_all(EVERYBODY, by=coordinator)


def test_names_that_cannot_be_printed_stop_the_batch_before_a_number_is_taken(coordinator):
    cohort = ready_enrolment(participant__name="Marisol Martina").cohort
    ready_enrolment(cohort=cohort, participant__name=UNPRINTABLE)
    ready_enrolment(cohort=cohort, certificate_name="Zoë\u202e")
    with pytest.raises(ValidationError) as refusal:
        actions.issue_all(EVERYBODY, by=coordinator)
    assert {error.code for error in refusal.value.error_list} == {"name_not_printable"}
    assert len(refusal.value.messages) == 2
    assert UNPRINTABLE in " ".join(refusal.value.messages)
    assert not Certificate.objects.exists()
    assert not NumberSeries.objects.exists()
    assert not Enrolment.objects.filter(status="completed").exists()


def test_the_name_that_was_confirmed_is_printed(coordinator):
    enrolment = ready_enrolment(certificate_name="Marisol M. Martina")
    assert actions.issue(enrolment, by=coordinator).name == "Marisol M. Martina"


def test_numbers_follow_each_other_and_begin_again_each_year(coordinator):
    cohort = ready_enrolment().cohort
    ready_enrolment(cohort=cohort)
    with time_machine.travel("2026-12-31 12:00+01:00", tick=False):
        numbers = [each.number for each in actions.issue_all(EVERYBODY, by=coordinator)]
    assert numbers == ["LL-2026-0001", "LL-2026-0002"]
    with time_machine.travel("2027-01-01 00:01+01:00", tick=False):
        assert actions.issue(ready_enrolment(), by=coordinator).number == "LL-2027-0001"


def test_only_coordinators_of_everybody_in_the_batch_may_issue():
    mine, theirs = ready_enrolment(), ready_enrolment()
    here = RoleFactory(kind="coordinator", cohort=mine.cohort).user
    with pytest.raises(PermissionDenied):
        actions.issue_all(EVERYBODY, by=here)
    with pytest.raises(PermissionDenied):
        actions.issue(theirs, by=here)
    assert not Certificate.objects.exists()
    assert actions.issue(mine, by=here).pk


@pytest.mark.parametrize("kind", ["trainer", "assessor", "administrator"])
def test_no_other_role_may_issue(kind):
    enrolment = ready_enrolment()
    someone = RoleFactory(kind=kind, cohort=enrolment.cohort).user
    with pytest.raises(PermissionDenied):
        actions.issue(enrolment, by=someone)


def test_nobody_acts_on_their_own_certificate(coordinator):
    own = ready_enrolment(participant=coordinator)
    with pytest.raises(PermissionDenied):
        actions.issue(own, by=coordinator)
    certificate = CertificateFactory(enrolment=own)
    with pytest.raises(PermissionDenied):
        actions.revoke(certificate, by=coordinator, reason="Zomaar")
    with pytest.raises(PermissionDenied):
        actions.correct(certificate, by=coordinator, name="Iemand Anders")


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (60, True), (61, False)])
def test_the_award_date_lies_from_today_to_sixty_days_ahead(coordinator, days, fits):
    enrolment = ready_enrolment()
    with time_machine.travel("2027-07-08 23:59+02:00", tick=False):
        day = dt.date(2027, 7, 8) + dt.timedelta(days=days)
        if fits:
            issued = actions.issue(enrolment, by=coordinator, award_date=day)
            assert issued.facts["award_date"] == day.isoformat()
            return
        with pytest.raises(ValidationError) as refusal:
            actions.issue(enrolment, by=coordinator, award_date=day)
        assert code_of(refusal) == "award_date_out_of_range"


def test_hours_that_come_later_leave_the_certificate_as_it_is(coordinator):
    enrolment = ready_enrolment()
    certificate = actions.issue(enrolment, by=coordinator)
    paper = bytes(certificate.document.pdf)
    HourEntryFactory(enrolment=enrolment, minutes=600, approved=True)
    enrolment.participant.name = "Heel Anders"
    enrolment.participant.save()
    certificate = Certificate.objects.get()
    assert (certificate.facts["work_minutes"], certificate.facts["study_minutes"]) == (3600, 3600)
    assert {line["key"]: line["achieved"] for line in certificate.evidence}["work"] == 3600
    assert bytes(certificate.document.pdf) == paper


def test_issuing_three_asks_the_database_no_more_than_issuing_one(
    coordinator, django_assert_max_num_queries
):
    cohort = ready_enrolment().cohort
    actions.issue_all(EVERYBODY, by=coordinator)  # begins the series of this year
    ready_enrolment(cohort=cohort)
    with CaptureQueriesContext(connection) as one:
        assert len(actions.issue_all(EVERYBODY, by=coordinator)) == 1
    for _person in range(3):
        ready_enrolment(cohort=cohort)
    with django_assert_max_num_queries(len(one)):
        assert len(actions.issue_all(EVERYBODY, by=coordinator)) == 3


def test_a_preview_puts_everybody_in_one_of_three_lists(coordinator, django_assert_num_queries):
    cohort = ready_enrolment(participant__name="Zoë").cohort
    actions.issue_all(EVERYBODY, by=coordinator)
    ready_enrolment(cohort=cohort, participant__name=UNPRINTABLE)
    ready_enrolment(cohort=cohort, participant__name="Bo", certificate_name="Bo de Wit")
    ready_enrolment(cohort=cohort, participant__name="An", without=["pop"])
    EnrolmentFactory(cohort=cohort, stopped=True)
    with django_assert_num_queries(3):
        preview = actions.preview(cohort, by=coordinator)
        assert [each.name for each in preview.ready] == ["Bo de Wit", UNPRINTABLE]
        assert [each.name for each in preview.not_ready] == ["An"]
        assert [line["key"] for line in preview.not_ready[0].missing] == ["pop"]
        assert [each.certificate.name for each in preview.issued] == ["Zoë"]
        assert [each.name for each in preview.unprintable] == [UNPRINTABLE]
        assert len(preview.unconfirmed) == 2
