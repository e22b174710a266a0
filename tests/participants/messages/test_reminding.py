"""At most one mail a week, only where there is something to say, and never to who has rest."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from participants.mailing import deliver_waiting
from participants.messages import choosing, letters, reminding
from participants.models import (
    Cohort,
    Enrolment,
    Exemption,
    HourEntry,
    Reminder,
)
from tests.factories import (
    CohortBreakFactory,
    FeedbackFactory,
    FinalInterviewFactory,
    GopFactory,
    HourEntryFactory,
    ObjectionFactory,
    PauseFactory,
    PhoneCallFactory,
    PlanVersionFactory,
    PopFactory,
    ReminderFactory,
    SessionFactory,
    UserFactory,
    ready_enrolment,
)
from tests.participants.messages.scene import (
    TUESDAY,
    WEEK,
    cohort_with_contact,
    somebody_with_returned_hours,
    someone,
    staff,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tuesday(time_machine):
    time_machine.move_to(TUESDAY)
    return time_machine


def send():
    made = reminding.send_due()
    deliver_waiting()
    return made


# Once


def test_two_ticks_send_one_mail(mailoutbox):
    enrolment = somebody_with_returned_hours()
    call_command("tick")
    call_command("tick")
    assert [mail.to for mail in mailoutbox] == [[enrolment.participant.email]]


def test_a_week_later_there_is_another(tuesday, mailoutbox):
    somebody_with_returned_hours()
    send()
    tuesday.move_to(TUESDAY + dt.timedelta(days=7))
    assert send() == 1
    assert len(mailoutbox) == 2


@pytest.mark.parametrize(
    ("moment", "made"),
    [
        ("2025-03-04 07:59:59", 0),
        ("2025-03-04 08:00", 1),
        ("2025-03-05 07:59:59", 1),
        ("2025-03-05 08:00", 0),
        # In summer time nine o'clock is an hour sooner.
        ("2025-04-01 06:59:59", 0),
        ("2025-04-01 07:00", 1),
    ],
)
def test_it_goes_on_tuesday_from_nine_in_amsterdam(tuesday, moment, made):
    tuesday.move_to(dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC))
    somebody_with_returned_hours()
    assert reminding.send_due() == made


def test_who_takes_part_twice_gets_one_mail_about_both(mailoutbox):
    first = somebody_with_returned_hours()
    second = somebody_with_returned_hours(participant=first.participant)
    somebody_with_returned_hours()
    assert send() == 2
    assert Reminder.objects.count() == 2
    [text] = [mail.body for mail in mailoutbox if mail.to == [first.participant.email]]
    for cohort in (first.cohort, second.cohort):
        assert f"{cohort.name}:\n- Er kwamen uren terug" in text


def test_what_no_longer_holds_in_one_cohort_is_left_out_of_the_mail():
    first = somebody_with_returned_hours()
    second = somebody_with_returned_hours(participant=first.participant)
    reminding.send_due()
    reminder = Reminder.objects.get()
    for done, named in ((first, False), (second, None)):
        done.hours.update(status="withdrawn", reviewed_at=None, reviewed_by=None, return_reason="")
        mail = letters.reminder(reminder.pk)
        assert (mail and first.cohort.name in mail.context["text"]) is named


def test_who_takes_part_once_reads_no_name_of_a_cohort(mailoutbox):
    enrolment = somebody_with_returned_hours()
    send()
    assert enrolment.cohort.name not in mailoutbox[0].body


# To whom


def test_who_has_nothing_to_do_gets_none():
    someone()
    assert reminding.send_due() == 0


@pytest.mark.parametrize("state", ["stopped", "completed", "applied", "declined"])
def test_who_does_not_take_part_gets_none(state):
    enrolment = somebody_with_returned_hours()
    decided = {"decided_at": None, "decided_by": None} if state == "applied" else {}
    Enrolment.objects.filter(pk=enrolment.pk).update(status=state, **decided)
    assert reminding.send_due() == 0


@pytest.mark.parametrize(
    ("first", "last", "made"),
    [(-5, 0, 0), (0, None, 0), (-5, -1, 1), (1, 5, 1)],
)
def test_in_a_pause_there_is_no_mail(first, last, made):
    enrolment = somebody_with_returned_hours()
    today = timezone.localdate()
    PauseFactory(
        enrolment=enrolment,
        starts_on=today + dt.timedelta(days=first),
        ends_on=None if last is None else today + dt.timedelta(days=last),
        confirmed_at=TUESDAY,
        confirmed_by=enrolment.decided_by,
    )
    assert reminding.send_due() == made


def test_who_switched_them_off_gets_none_and_may_switch_them_on():
    person = somebody_with_returned_hours().participant
    choosing.switch("reminders", False, by=person)
    assert reminding.send_due() == 0
    choosing.switch("reminders", True, by=person)
    assert reminding.send_due() == 1


def done(enrolment):
    HourEntry.objects.update(status="withdrawn")


def stopped(enrolment):
    Enrolment.objects.update(status="stopped")


def switched_off(enrolment):
    choosing.switch("reminders", False, by=enrolment.participant)


@pytest.mark.parametrize("meanwhile", [done, stopped, switched_off])
def test_a_mail_on_its_way_stays_here_when_it_says_nothing_any_more(meanwhile):
    enrolment = somebody_with_returned_hours()
    reminding.send_due()
    pk = Reminder.objects.get().pk
    assert letters.reminder(pk)
    meanwhile(enrolment)
    assert letters.reminder(pk) is None


# About what


def about_returned(enrolment):
    HourEntryFactory(enrolment=enrolment, returned=True)


def about_plan(enrolment):
    version = PlanVersionFactory(plan=PopFactory(enrolment=enrolment, status="shared"), shared=True)
    FeedbackFactory(version=version, asks_for_more=True)


def about_group_plan(enrolment):
    GopFactory(cohort=enrolment.cohort, complete=True)


def about_meeting(enrolment):
    SessionFactory(cohorts=[enrolment.cohort], date=dt.date(2025, 3, 10))


def about_interview(enrolment):
    FinalInterviewFactory(enrolment=enrolment, planned_at=TUESDAY + dt.timedelta(days=14))


def about_report(enrolment):
    talk = FinalInterviewFactory(enrolment=enrolment, passed=True)
    type(talk).objects.update(finalised_at=TUESDAY - dt.timedelta(days=27))


def about_answer(enrolment):
    talk = FinalInterviewFactory(enrolment=enrolment, passed=True)
    type(talk).objects.update(finalised_at=TUESDAY - dt.timedelta(days=50))
    objection = ObjectionFactory(interview=talk)
    type(objection).objects.update(
        outcome="rejected", motivation="Gelezen", decided_by=UserFactory(), decided_at=TUESDAY
    )


def about_quiet(enrolment):
    Cohort.objects.update(quiet_days=14)


def about_talk(enrolment):
    Cohort.objects.update(talk_behind_minutes=600)


ABOUT = {
    "returned": about_returned,
    "plan": about_plan,
    "group_plan": about_group_plan,
    "meeting": about_meeting,
    "interview": about_interview,
    "report": about_report,
    "answer": about_answer,
    "quiet": about_quiet,
    "talk": about_talk,
}


@pytest.mark.parametrize("key", ABOUT)
def test_each_reason_is_told_and_no_other(key):
    enrolment = someone()
    ABOUT[key](enrolment)
    reminding.send_due()
    assert told(enrolment) == [key]


def test_a_name_that_was_not_confirmed_is_told_once_all_is_met():
    enrolment = ready_enrolment(cohort=cohort_with_contact(), without=["interview"])
    reminding.send_due()
    assert told(enrolment) is None
    about_report(enrolment)
    reminding.send_due()
    assert told(enrolment) == ["report", "name"]


def test_everything_stands_in_one_mail(mailoutbox):
    enrolment = someone()
    about_returned(enrolment)
    about_meeting(enrolment)
    send()
    assert len(mailoutbox) == 1
    assert told(enrolment) == ["returned", "meeting"]
    assert "uren terug" in mailoutbox[0].body and "les of intervisie" in mailoutbox[0].body


def test_news_is_told_once(tuesday):
    enrolment = someone()
    about_report(enrolment)
    send()
    tuesday.move_to(TUESDAY + dt.timedelta(days=7))
    assert send() == 0


def test_a_reminder_of_news_that_is_sent_says_it(mailoutbox):
    about_report(someone())
    send()
    assert "verslag" in mailoutbox[0].body


@pytest.mark.parametrize(("days", "made"), [(13, 0), (14, 1), (15, 1)])
def test_no_hours_for_two_weeks_is_told(days, made):
    enrolment = someone()
    about_quiet(enrolment)
    HourEntryFactory(enrolment=enrolment)
    HourEntry.objects.update(created_at=TUESDAY - dt.timedelta(days=days))
    assert reminding.send_due() == made


@pytest.mark.parametrize(("days", "made"), [(13, 0), (14, 1)])
def test_who_just_began_gets_that_time_first(days, made):
    starts_on = timezone.localdate() - dt.timedelta(days=days)
    about_quiet(someone(starts_on=starts_on))
    assert reminding.send_due() == made


@pytest.mark.parametrize(("days", "made"), [(13, 0), (14, 1)])
def test_who_was_let_in_lately_gets_that_time_too_whatever_the_first_day(days, made):
    about_quiet(someone(decided_at=TUESDAY - dt.timedelta(days=days)))
    assert reminding.send_due() == made


def test_it_is_not_told_to_who_has_all_hours():
    enrolment = someone()
    about_quiet(enrolment)
    for key in ("work", "study"):
        Exemption.objects.create(
            enrolment=enrolment, criterion=key, reason="Eerder gedaan", granted_by=UserFactory()
        )
    assert reminding.send_due() == 0


@pytest.mark.parametrize(("last", "made"), [(-15, 1), (-14, 0), (3, 0)])
def test_after_a_break_there_is_time_to_begin_again(last, made):
    enrolment = someone()
    about_quiet(enrolment)
    today = timezone.localdate()
    CohortBreakFactory(
        cohort=enrolment.cohort,
        starts_on=today - dt.timedelta(days=20),
        ends_on=today + dt.timedelta(days=last),
    )
    assert reminding.send_due() == made


# The mail itself


def test_the_mail_says_little_and_where_to_switch_it_off(mailoutbox):
    cohort = cohort_with_contact()
    enrolment = somebody_with_returned_hours(cohort, name="Marisol Martina")
    send()
    mail = mailoutbox[0]
    assert mail.subject == "Een bericht voor jou"
    assert "Dag Marisol," in mail.body and "Bel Karima Zahir: 020 555 01 23." in mail.body
    assert "/berichten/mail/" in mail.body
    entry = enrolment.hours.get()
    assert "Martina" not in mail.body and entry.description not in mail.body


# Two without an answer


def reminded(enrolment, days, **facts):
    """A reminder of so many days ago."""
    ago = dt.timedelta(days=days)
    ReminderFactory(enrolment=enrolment, week=WEEK - ago, made_at=TUESDAY - ago, **facts)


def two_reminders(enrolment):
    reminded(enrolment, 14)
    reminded(enrolment, 7)


@pytest.mark.parametrize(("reminders", "made"), [(1, 1), (2, 0), (3, 0)])
def test_after_two_without_an_answer_they_stop(reminders, made):
    enrolment = somebody_with_returned_hours()
    for turn in range(1, reminders + 1):
        reminded(enrolment, 7 * turn)
    assert reminding.send_due() == made


def writes_hours(enrolment):
    HourEntryFactory(enrolment=enrolment, draft=True)


def switches_something(enrolment):
    choosing.switch("digest", False, by=enrolment.participant)


def shares_a_plan(enrolment):
    PlanVersionFactory(
        plan=PopFactory(enrolment=enrolment), author=enrolment.participant, saved_at=TUESDAY
    )


def is_called(enrolment):
    PhoneCallFactory(enrolment=enrolment, noted_at=TUESDAY)


@pytest.mark.parametrize("answer", [writes_hours, switches_something, shares_a_plan, is_called])
def test_an_answer_lets_them_go_again(answer):
    enrolment = somebody_with_returned_hours()
    two_reminders(enrolment)
    answer(enrolment)
    assert reminding.send_due() == 1


def test_hours_that_staff_wrote_down_are_no_answer():
    enrolment = somebody_with_returned_hours()
    two_reminders(enrolment)
    HourEntryFactory(enrolment=enrolment, written_by=UserFactory(), written_note="Gebeld")
    assert reminding.send_due() == 0


def test_what_was_held_back_asks_for_no_answer():
    enrolment = somebody_with_returned_hours()
    reminded(enrolment, 14, held=True)
    reminded(enrolment, 7, held=True)
    assert reminding.send_due() == 1


# Held back


def test_a_coordinator_holds_one_back_and_lets_it_go_after_all(mailoutbox):
    enrolment = somebody_with_returned_hours()
    coordinator = staff(enrolment.cohort)
    reminding.hold(enrolment, WEEK, by=coordinator)
    assert send() == 0
    reminding.release(Reminder.objects.get(), by=coordinator)
    assert send() == 1
    assert len(mailoutbox) == 1


def test_what_went_is_held_back_by_nobody():
    enrolment = somebody_with_returned_hours()
    coordinator = staff(enrolment.cohort)
    reminding.send_due()
    with pytest.raises(ValidationError) as refusal:
        reminding.hold(enrolment, WEEK, by=coordinator)
    assert refusal.value.code == "already_settled"
    with pytest.raises(ValidationError) as refusal:
        reminding.release(Reminder.objects.get(), by=coordinator)
    assert refusal.value.code == "already_gone"
    assert Reminder.objects.sent().count() == 1


@pytest.mark.parametrize("kind", ["trainer", "assessor"])
def test_only_coordinators_hold_back(kind):
    enrolment = somebody_with_returned_hours()
    with pytest.raises(PermissionDenied):
        reminding.hold(enrolment, WEEK, by=staff(enrolment.cohort, kind))


def broken(**facts):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        ReminderFactory(**facts)
    return str(refusal.value)


def test_the_database_holds_one_reminder_a_person_a_week():
    first = ReminderFactory()
    assert "week" in broken(enrolment=first.enrolment)


def test_a_reminder_is_held_by_someone():
    assert "a_reminder_is_held_by_someone_or_sent" in broken(held_at=TUESDAY)
