"""What goes by itself: links that nobody pressed, and applications that were declined."""

import datetime as dt

import pytest
from django.utils import timezone

from leerlijn import ticking
from participants.enrolments import actions, applying, intake
from participants.models import Application, Enrolment, Event, IntakeNote, User
from tests.factories import EnrolmentFactory, HourEntryFactory, PlacementFactory, RoleFactory
from tests.factories.applications import ApplicationFactory, open_cohort

pytestmark = pytest.mark.django_db


def ago(days):
    return timezone.now() - dt.timedelta(days=days)


@pytest.fixture
def declined():
    """Somebody who applied and was declined so many days ago."""

    def declined(days):
        cohort = open_cohort()
        by = RoleFactory(coordinator=True).user
        enrolment = applying.confirm(
            ApplicationFactory(cohort=cohort, did_training_note="Basiscursus").token
        ).enrolment
        intake.note(enrolment, "Belde terug.", by=by)
        actions.decline(enrolment, by=by, reason="De groep is vol")
        Enrolment.objects.filter(pk=enrolment.pk).update(decided_at=ago(days))
        return enrolment

    return declined


@pytest.mark.parametrize(("days", "left"), [(6.9, 1), (7.1, 0)])
def test_what_nobody_confirmed_goes_after_seven_days(days, left):
    ApplicationFactory(sent_at=ago(days))
    applying.sweep()
    assert Application.objects.count() == left


@pytest.mark.parametrize("days", [0, 27.9])
def test_a_declined_application_stays_four_weeks(days, declined):
    enrolment = declined(days)
    assert applying.sweep() == (0, 0)
    assert Enrolment.objects.get() == enrolment


def test_after_four_weeks_nothing_of_a_declined_application_is_left(declined):
    enrolment = declined(28.1)
    person = enrolment.participant_id
    assert applying.sweep() == (0, 1)
    assert not Enrolment.objects.exists() and not IntakeNote.objects.exists()
    assert not User.objects.filter(pk=person).exists()
    assert not Event.objects.filter(subject__in=[f"enrolment:{enrolment.pk}", f"user:{person}"])
    told = Event.objects.get(act="declined_application_removed")
    assert (told.actor, told.enrolment, told.reason) == (None, None, "")
    assert applying.sweep() == (0, 0)


def test_one_can_apply_again_when_it_is_gone(declined):
    enrolment = declined(28.1)
    applying.sweep()
    again = ApplicationFactory(cohort=enrolment.cohort, email=enrolment.participant.email)
    assert applying.confirm(again.token).is_new


def test_an_account_that_holds_something_else_stays(declined):
    first, second, third = declined(29), declined(29), declined(29)
    EnrolmentFactory(participant=first.participant)
    RoleFactory(user=second.participant)
    Event.objects.create(
        kind="decision", act="applied", actor=third.participant, subject="enrolment:0"
    )
    assert applying.sweep() == (0, 3)
    kept = {first.participant, second.participant, third.participant}
    assert set(User.objects.filter(pk__in=[person.pk for person in kept])) == kept


def test_what_others_rely_on_keeps_its_row_and_loses_the_words(declined):
    enrolment = declined(29)
    PlacementFactory(enrolment=enrolment)
    assert applying.sweep() == (0, 0)
    enrolment.refresh_from_db()
    assert (enrolment.decision_reason, enrolment.did_training_note) == ("", "")
    assert not IntakeNote.objects.exists()


def test_who_takes_part_or_waits_is_left_alone():
    kept = [
        EnrolmentFactory(decided_at=ago(400)),
        EnrolmentFactory(applied=True),
        HourEntryFactory().enrolment,
    ]
    Enrolment.objects.update(created_at=ago(400))
    applying.sweep()
    assert set(Enrolment.objects.all()) == set(kept)


def test_the_terms_are_settings(settings, declined):
    settings.REJECTED_APPLICATION_DAYS = settings.UNCONFIRMED_APPLICATION_DAYS = 1
    ApplicationFactory(sent_at=ago(2))
    declined(2)
    assert applying.sweep() == (1, 1)


def test_tick_does_it(declined):
    declined(29)
    ApplicationFactory(sent_at=ago(8))
    did = {outcome.job.name: outcome.did for outcome in ticking.run(ticking.JOBS)}
    assert did["applications"] == "1 unconfirmed, 1 declined"


def test_events_are_never_taken_away_otherwise():
    for act in (Event.objects.all().delete, lambda: Event.objects.all().update(act="x")):
        with pytest.raises(TypeError):
            act()
