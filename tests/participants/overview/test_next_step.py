import datetime as dt

import pytest
import time_machine

from participants import progress
from participants.models import Enrolment
from participants.overview.next_step import already_there, greeting, next_step
from tests.factories import (
    EnrolmentFactory,
    FeedbackFactory,
    GopFactory,
    HourEntryFactory,
    PauseFactory,
    PlanVersionFactory,
    PopFactory,
    ready_enrolment,
)
from tests.factories.cohorts import MOMENT

pytestmark = pytest.mark.django_db


def read(enrolment):
    row = progress.of(Enrolment.objects.with_state()).get(pk=enrolment.pk)
    return row, progress.lines(row)


def step(enrolment):
    return next_step(*read(enrolment))


def hello(enrolment):
    return greeting(*read(enrolment))


def test_the_first_day_asks_for_a_first_hour():
    enrolment = EnrolmentFactory(participant__name="Marisol Martina")
    assert hello(enrolment) == "Dag Marisol, fijn dat je er bent"
    assert "eerste uur" in step(enrolment).text
    assert step(enrolment).href == "/uren/nieuw/"


def test_returned_hours_come_before_everything_else():
    enrolment = EnrolmentFactory()
    HourEntryFactory(enrolment=enrolment, returned=True)
    assert "1 regel" in step(enrolment).text
    assert step(enrolment).href == "/uren/?status=returned"
    HourEntryFactory(enrolment=enrolment, returned=True, kind="study")
    assert "2 regels" in step(enrolment).text


def test_half_way_is_said_when_both_kinds_are_past_it():
    enrolment = ready_enrolment(without=["pop"], work=1801, study=1800)
    assert hello(enrolment).endswith("je bent goed op weg")
    HourEntryFactory(enrolment=enrolment, kind="study", minutes=1, approved=True)
    assert hello(enrolment).endswith("je bent over de helft")


def test_the_kind_with_most_to_write_is_asked_for():
    enrolment = ready_enrolment(without=["pop"], work=600, study=1200)
    assert "leerplek" in step(enrolment).text
    HourEntryFactory(enrolment=enrolment, minutes=900, date=dt.date(2025, 3, 4))
    assert "leerde of las" in step(enrolment).text


def test_a_complete_group_plan_asks_for_a_word():
    enrolment = ready_enrolment(without=["gop", "work"])
    GopFactory(cohort=enrolment.cohort, complete=True)
    assert "GOP" in step(enrolment).text


def test_a_question_about_the_plan_comes_before_writing_hours():
    enrolment = EnrolmentFactory()
    version = PlanVersionFactory(plan=PopFactory(enrolment=enrolment, status="shared"), shared=True)
    assert "uur" in step(enrolment).text
    FeedbackFactory(version=version, asks_for_more=True)
    assert "vraag over je POP" in step(enrolment).text


@pytest.mark.parametrize(("started", "words"), [(False, "Begin aan je plan"), (True, "deel het")])
def test_when_the_hours_are_in_the_plan_is_next(started, words):
    enrolment = ready_enrolment(without=["pop"])
    if started:
        PlanVersionFactory(plan=PopFactory(enrolment=enrolment))
    assert hello(enrolment).endswith("je uren zijn binnen")
    assert words in step(enrolment).text


def test_when_others_act_it_says_who_waits_for_what():
    enrolment = ready_enrolment(without=["interview"])
    assert step(enrolment).text.startswith("Je hoeft nu even niets te doen. Eindgesprek:")


def test_all_is_met_asks_once_for_the_name_and_then_waits():
    enrolment = ready_enrolment()
    assert hello(enrolment).endswith("alles is behaald!")
    assert step(enrolment).href == f"/naam/{enrolment.pk}/"
    Enrolment.objects.update(name_confirmed_at=MOMENT, name_confirmed_by=enrolment.participant)
    assert "Wij maken je certificaat" in step(enrolment).text


@time_machine.travel(dt.datetime(2025, 3, 10, 9, tzinfo=dt.UTC))
def test_a_pause_asks_for_nothing():
    assert "pauze" in step(PauseFactory(confirmed=True).enrolment).text


@pytest.mark.parametrize(
    ("state", "words"), [({"applied": True}, "Je hoort van ons"), ({"stopped": True}, "gestopt")]
)
def test_who_does_not_take_part_is_asked_nothing(state, words):
    assert words in step(EnrolmentFactory(**state)).text


def test_what_is_already_there_is_told_in_sentences():
    assert already_there(read(EnrolmentFactory())[1]) == []
    sentences = already_there(read(ready_enrolment(work=90, without=["pop"]))[1])
    assert sentences == [
        "60 uur studie en 1,5 uur werk zijn akkoord.",
        "Je was 1 keer bij een les en 1 keer bij intervisie.",
    ]


@time_machine.travel(dt.datetime(2025, 1, 5, 9, tzinfo=dt.UTC))
def test_before_the_first_day_it_says_when_we_begin():
    enrolment = EnrolmentFactory(participant__name="Marisol Martina")
    assert hello(enrolment) == "Dag Marisol, fijn dat je meedoet"
    assert "We beginnen op 6 januari 2025." in step(enrolment).text
    with time_machine.travel(dt.datetime(2025, 1, 6, 9, tzinfo=dt.UTC)):
        assert "eerste uur" in step(enrolment).text


@time_machine.travel(dt.datetime(2025, 3, 10, 9, tzinfo=dt.UTC))
def test_a_pause_says_until_when_and_comes_before_what_was_returned():
    pause = PauseFactory(confirmed=True)
    HourEntryFactory(enrolment=pause.enrolment, returned=True)
    assert step(pause.enrolment).text.startswith("Je hebt pauze tot en met 31 maart 2025.")
    assert hello(pause.enrolment).endswith("neem je tijd")


@pytest.mark.parametrize(
    ("make", "asks"),
    [
        (EnrolmentFactory, True),
        (lambda: EnrolmentFactory(applied=True), False),
        (lambda: EnrolmentFactory(stopped=True), False),
        (lambda: ready_enrolment(without=["interview"]), False),
        (ready_enrolment, True),
    ],
)
def test_the_title_says_whether_anything_is_asked(make, asks):
    assert step(make()).title == ("" if asks else "Zo staat het ervoor")


def test_every_state_of_an_enrolment_has_a_sentence_and_a_button():
    for status in Enrolment.Status.values:
        enrolment = EnrolmentFactory(status="active")
        enrolment.status = status
        if status == "applied":
            enrolment.decided_at = enrolment.decided_by = None
        enrolment.save()
        said = step(enrolment)
        assert said.text and said.href and said.action
