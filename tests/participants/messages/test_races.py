"""Two ticks, or two people, at one moment. Only PostgreSQL lets them be there together."""

import uuid
from functools import partial

import pytest
import time_machine

from participants.mailing import deliver_waiting
from participants.messages import calling, reminding, writing
from participants.models import CohortBreak, Delivery, Message, PhoneCall, Posting, Reminder
from participants.outgoing import digest
from participants.pace import breaks
from tests.participants.enrolments.test_races import at_once
from tests.participants.messages.scene import (
    TUESDAY,
    WEEK,
    cohort_with_contact,
    somebody_with_returned_hours,
    someone,
    staff,
)
from tests.participants.outgoing.test_digest import MONDAY

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TIMES = 5


def test_two_ticks_at_once_remind_each_person_once(mailoutbox):
    cohort = cohort_with_contact()
    people = [somebody_with_returned_hours(cohort) for _turn in range(8)]
    with time_machine.travel(TUESDAY):
        at_once([reminding.send_due] * 3)
        deliver_waiting()
    assert Reminder.objects.count() == Posting.objects.count() == len(people)
    assert len({mail.to[0] for mail in mailoutbox}) == len(mailoutbox) == len(people)


def test_two_ticks_at_once_send_one_digest(mailoutbox):
    cohort = cohort_with_contact()
    someone(cohort, status="applied", decided_at=None, decided_by=None)
    for _turn in range(4):
        staff(cohort)
    with time_machine.travel(MONDAY):
        at_once([digest.send_due] * 3)
    assert Posting.objects.count() == 4


def test_holding_back_and_sending_at_once_is_one_of_both():
    for _time in range(TIMES):
        enrolment = somebody_with_returned_hours()
        coordinator = staff(enrolment.cohort)
        with time_machine.travel(TUESDAY):
            hold = partial(reminding.hold, enrolment, WEEK, by=coordinator)
            at_once([reminding.send_due, hold])
        reminder = Reminder.objects.get(enrolment=enrolment)
        mails = Posting.objects.filter(key=f"reminder-{reminder.pk}").count()
        assert mails == (0 if reminder.held_at else 1)


def test_a_message_sent_by_two_clicks_at_once_is_one(mailoutbox):
    for _time in range(TIMES):
        enrolment = someone()
        content = {"subject": "De zaal", "text": "Zaal 2", "form_id": uuid.uuid4()}
        by = staff(enrolment.cohort)
        send = partial(writing.send, enrolment.cohort, [enrolment.pk], by=by, **content)
        assert at_once([send, send]) == ["done", "done"]
        assert Message.objects.filter(author=by).count() == 1
        assert Delivery.objects.filter(enrolment=enrolment).count() == 1


def test_two_who_note_one_call_note_it_once():
    for _time in range(TIMES):
        enrolment = someone()
        called = [
            partial(calling.called, enrolment, TUESDAY.date(), by=staff(enrolment.cohort))
            for _person in range(2)
        ]
        assert at_once(called) == ["already_called", "done"]
        assert PhoneCall.objects.filter(enrolment=enrolment).count() == 1


def test_two_breaks_at_once_share_no_day():
    for _time in range(TIMES):
        cohort = cohort_with_contact()
        add = partial(
            breaks.add,
            cohort,
            name="Vakantie",
            starts_on=WEEK,
            ends_on=WEEK,
            by=staff(cohort),
        )
        assert at_once([add, add]) == ["done", "overlaps"]
        assert CohortBreak.objects.filter(cohort=cohort).count() == 1
