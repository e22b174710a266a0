import datetime as dt

import pytest
import time_machine

from participants.hours import notes
from participants.hours.why import why_not_counted
from participants.models import HourEntry
from tests.factories import (
    HourEntryFactory,
    PlacementFactory,
    TrainingChoiceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({}, "Wacht op akkoord sinds 6 januari 2025."),
        ({"draft": True}, "Dit is een concept. Het is nog niet ingeleverd."),
        ({"approved": True}, ""),
        ({"returned": True}, "Ellen vraagt: Welke training was dit?"),
        ({"withdrawn": True}, "Ingetrokken."),
    ],
)
def test_every_state_that_does_not_count_says_why(state, sentence):
    if "returned" in state:
        state = state | {"reviewed_by": UserFactory(name="Ellen Brouwer")}
    assert why_not_counted(HourEntryFactory(**state)) == sentence


def test_replaced_hours_say_so():
    moment = dt.datetime(2025, 4, 1, tzinfo=dt.UTC)
    entry = HourEntryFactory(withdrawn=True, replaced_at=moment)
    assert why_not_counted(entry) == "Vervangen door een verbetering."


def notes_of(entry):
    rows = HourEntry.objects.with_people().with_review_facts()
    return notes.for_reviewer(rows.get(pk=entry.pk))


def work(**facts):
    placement = PlacementFactory()
    return HourEntryFactory(enrolment=placement.enrolment, placement=placement, **facts)


def beside(entry, **facts):
    known = {"enrolment": entry.enrolment, "placement": entry.placement, "date": entry.date}
    return HourEntryFactory(**known | facts)


def test_an_ordinary_entry_has_no_notes():
    assert notes_of(work()) == []
    choice = TrainingChoiceFactory()
    study = HourEntryFactory(enrolment=choice.enrolment, kind="study", training_choice=choice)
    assert notes_of(study) == []


def test_what_is_left_out_is_noted():
    assert notes_of(HourEntryFactory(kind="study")) == ["Er staat geen training bij."]
    assert notes_of(HourEntryFactory()) == ["Er staat geen leerplek bij."]


@pytest.mark.parametrize(("minutes", "noted"), [(539, False), (540, False), (541, True)])
def test_more_than_ten_hours_on_a_day_is_noted_over_all_entries(minutes, noted):
    entry = work(minutes=minutes)
    beside(entry)
    beside(entry, withdrawn=True, minutes=600)
    assert any("Meer dan 10 uur" in note for note in notes_of(entry)) == noted


def test_a_correction_is_not_added_to_what_it_corrects():
    old = work(minutes=540, approved=True)
    new = beside(old, corrects=old, minutes=480)
    assert notes_of(new) == ["Dit komt in de plaats van 9 uur op 3 maart, die al akkoord was."]


@pytest.mark.parametrize(("start", "noted"), [(11, True), (12, False)])
def test_overlap_is_noted_when_times_are_given(start, noted):
    entry = work(starts_at=dt.time(10), ends_at=dt.time(12), minutes=120)
    beside(entry, starts_at=dt.time(start), ends_at=dt.time(14))
    beside(entry, minutes=30)  # without times
    assert any("lopen door" in note for note in notes_of(entry)) == noted


def test_times_that_say_something_else_are_noted():
    entry = work(starts_at=dt.time(10), ends_at=dt.time(12), minutes=180)
    assert notes_of(entry) == ["Van 10.00 tot 12.00 uur is 2 uur; er staat 3 uur."]


@pytest.mark.parametrize(
    ("night", "minutes"),
    [(dt.date(2025, 3, 30), 180), (dt.date(2025, 10, 26), 300), (dt.date(2025, 3, 29), 240)],
)
def test_the_clock_may_change_between_two_times(night, minutes):
    with time_machine.travel("2025-12-01 12:00 +0100", tick=False):
        entry = work(date=night, starts_at=dt.time(1), ends_at=dt.time(5), minutes=minutes)
        assert notes_of(entry) == []


def test_the_earlier_question_is_there_when_it_comes_again():
    entry = work(return_reason="Welk team was dit?")
    assert notes_of(entry) == ["Eerder teruggestuurd met: Welk team was dit?"]
