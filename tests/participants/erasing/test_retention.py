"""What goes by itself: two, five and ten years after the cohort, and announced for 30 days."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.utils import timezone

from certificates.models import Certificate
from participants.erasing import retention
from participants.erasing.models import Stage
from participants.models import (
    Attendance,
    DevelopmentPlan,
    Enrolment,
    Event,
    Exemption,
    Expiry,
    FinalInterview,
    HourEntry,
    IntakeNote,
    PlanVersion,
    SessionProof,
    StoredFile,
    TrainingChoice,
    User,
)
from participants.outgoing import digest, letters
from tests.factories import CohortFactory, EnrolmentFactory, HourEntryFactory, RoleFactory
from tests.factories.certificates import CertificateFactory
from tests.participants.erasing.scene import somebody

pytestmark = pytest.mark.django_db
END = dt.date(2025, 7, 4)


def noon(day):
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)


@pytest.fixture
def cohort():
    return CohortFactory(starts_on=dt.date(2024, 11, 25), ends_on=END)


@pytest.fixture
def on(time_machine):
    """What ``retention.run`` does on a day."""

    def on(day):
        time_machine.move_to(noon(day))
        return retention.run()

    return on


def refused(act, *args, **facts):
    with pytest.raises(ValidationError) as refusal:
        act(*args, **facts)
    return refusal.value.code


def test_nothing_goes_before_it_was_announced_for_thirty_days(cohort, on):
    HourEntryFactory(enrolment__cohort=cohort, approved=True)
    assert on(dt.date(2027, 6, 3)) == (0, 0)
    assert on(dt.date(2027, 6, 4)) == (2, 0)
    assert on(dt.date(2027, 7, 3)) == (0, 0)
    assert HourEntry.objects.exists()
    assert on(dt.date(2027, 7, 4)) == (0, 2)
    assert not HourEntry.objects.exists()
    assert on(dt.date(2027, 7, 5)) == (0, 0)


def test_what_was_announced_late_goes_late(cohort, on):
    HourEntryFactory(enrolment__cohort=cohort)
    assert on(dt.date(2028, 1, 1)) == (2, 0)
    assert on(dt.date(2028, 1, 30)) == (0, 0)
    assert on(dt.date(2028, 1, 31)) == (0, 2)


def gone_through(on, *days):
    for day in days:
        on(day - dt.timedelta(days=30))
        on(day)


def test_after_two_years_only_the_register_and_its_holder_are_left(cohort, on):
    enrolment = somebody(cohort)
    gone_through(on, dt.date(2027, 7, 4))
    for model in (HourEntry, Attendance, FinalInterview, PlanVersion, Exemption, IntakeNote):
        left = model.objects.all()
        assert not [row for row in left if getattr(row, "enrolment_id", 0) == enrolment.pk], model
    assert not DevelopmentPlan.objects.filter(cohort=cohort).exists()
    certificate = Certificate.objects.get()
    assert (certificate.name, certificate.buried_at) == ("Kanarina Voorbeeld", None)
    enrolment.refresh_from_db()
    assert enrolment.participant.name == "Kanarina Voorbeeld"
    assert (enrolment.decision_reason, enrolment.did_training_note) == ("", "")


def test_of_a_subsidised_cohort_the_figures_stay_five_years_without_words(cohort, on):
    by = RoleFactory(coordinator=True).user
    retention.set_subsidised(cohort, True, by=by)
    enrolment = somebody(cohort)
    HourEntryFactory(
        enrolment=enrolment, approved=True, minutes=90, description="Meegelopen", private_note="ik"
    )
    gone_through(on, dt.date(2027, 7, 4))
    [entry] = HourEntry.objects.filter(enrolment=enrolment)
    assert (entry.minutes, entry.status) == (90, "approved")
    assert (entry.description, entry.private_note, entry.review_note) == ("", "", "")
    assert Attendance.objects.filter(enrolment=enrolment).exists()
    assert Exemption.objects.filter(enrolment=enrolment).exists()
    assert Event.objects.decisions().about(enrolment).filter(act="pause_confirmed").exists()
    assert not TrainingChoice.objects.filter(enrolment=enrolment).exists()
    assert not FinalInterview.objects.filter(enrolment=enrolment).exists()
    assert not StoredFile.objects.filter(hour_proofs__entry=entry).exists()
    gone_through(on, dt.date(2030, 7, 4))
    assert not HourEntry.objects.filter(enrolment=enrolment).exists()
    assert not Attendance.objects.filter(enrolment=enrolment).exists()
    assert not SessionProof.objects.filter(session__cohorts=cohort).exists()
    assert not Event.objects.about(enrolment).filter(act="pause_confirmed").exists()


def test_an_account_that_was_there_for_that_cohort_alone_goes_with_it(cohort, on):
    gone = EnrolmentFactory(cohort=cohort).participant
    stays = EnrolmentFactory(cohort=cohort).participant
    EnrolmentFactory(participant=stays)
    staff = EnrolmentFactory(cohort=cohort).participant
    RoleFactory(user=staff)
    holder = CertificateFactory(enrolment__cohort=cohort).enrolment.participant
    gone_through(on, dt.date(2027, 7, 4))
    left = User.objects.filter(pk__in=[gone.pk, stays.pk, staff.pk, holder.pk])
    assert set(left) == {stays, staff, holder}
    assert set(Enrolment.objects.filter(cohort=cohort)) == {holder.enrolments.get()}


def test_ten_years_after_the_last_award_no_name_is_left_in_the_register(cohort, on):
    first = CertificateFactory(enrolment__cohort=cohort, award_date=dt.date(2025, 7, 4))
    CertificateFactory(enrolment__cohort=cohort, award_date=dt.date(2026, 2, 1))
    gone_through(on, dt.date(2027, 7, 4))
    on(dt.date(2036, 1, 2))
    on(dt.date(2036, 1, 31))
    assert not Certificate.objects.buried().exists()
    on(dt.date(2036, 2, 1))
    assert Certificate.objects.buried().count() == 2
    shell = User.objects.get(pk=first.enrolment.participant_id)
    assert (shell.name, shell.is_active) == ("Verwijderd persoon", False)


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [
        (dt.date(2024, 2, 29), 2, dt.date(2026, 3, 1)),
        (dt.date(2024, 2, 29), 4, dt.date(2028, 2, 29)),
        (dt.date(2025, 7, 4), 5, dt.date(2030, 7, 4)),
    ],
)
def test_so_many_years_later_is_the_same_date(day, years, later):
    assert retention.years_after(day, years) == later


# Holding


def test_what_is_held_stays_and_after_that_is_announced_anew(cohort, on, time_machine):
    HourEntryFactory(enrolment__cohort=cohort)
    by = RoleFactory(coordinator=True, cohort=cohort).user
    on(dt.date(2027, 6, 20))
    assert [term.stage for term in retention.ahead(by)] == [Stage.LEARNING, Stage.FIGURES]
    retention.hold(cohort, by=by, reason="De accountant is bezig")
    assert retention.ahead(by) == []
    assert on(dt.date(2027, 9, 1)) == (0, 0)
    retention.release(cohort, by=by)
    assert on(dt.date(2027, 9, 30)) == (0, 0)
    assert on(dt.date(2027, 10, 1)) == (0, 2)
    held = Event.objects.get(act="keeping_held")
    assert (held.actor, held.reason) == (by, "De accountant is bezig")


def test_holding_takes_a_reason_and_counts_once(cohort):
    by = RoleFactory(administrator=True, cohort=cohort).user
    assert refused(retention.hold, cohort, by=by, reason=" ") == "reason_needed"
    assert refused(retention.release, cohort, by=by) == "not_held"
    retention.hold(cohort, by=by, reason="Bezwaar")
    assert refused(retention.hold, cohort, by=by, reason="Nog eens") == "already_held"


@pytest.mark.parametrize("role", ["trainer", "assessor", "coordinator"])
def test_only_who_handles_the_cohort_sets_its_terms(cohort, role):
    other = CohortFactory() if role == "coordinator" else cohort
    by = RoleFactory(kind=role, cohort=other).user
    acts = [
        lambda: retention.hold(cohort, by=by, reason="x"),
        lambda: retention.release(cohort, by=by),
        lambda: retention.set_subsidised(cohort, True, by=by),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def test_the_digest_tells_what_goes_to_who_may_hold_it(cohort, on):
    EnrolmentFactory(cohort=cohort)
    by = RoleFactory(coordinator=True, cohort=cohort).user
    trainer = RoleFactory(cohort=cohort).user
    on(dt.date(2027, 6, 14))
    assert digest.vanishing(by) and not digest.vanishing(trainer)
    body = letters.digest(by.pk).message().body
    assert f"- {cohort.name}, op 14 juli 2027: plannen" in body and "/bewaren/" in body
    assert letters.digest(trainer.pk) is None


def test_tick_does_it(cohort, time_machine):
    EnrolmentFactory(cohort=cohort)
    time_machine.move_to(noon(dt.date(2027, 6, 14)))
    call_command("tick")
    assert Expiry.objects.filter(announced_on=timezone.localdate()).count() == 2
