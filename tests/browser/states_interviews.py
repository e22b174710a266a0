"""The pages of final interviews in their states."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from participants.files import storing
from participants.interviews import actions
from participants.models import InterviewCriterion, LearningGoal
from tests.browser.states import State
from tests.factories import PlanVersionFactory, PopFactory
from tests.participants.interviews.scene import agree, both_hand_in, finish, group, hand_in
from tests.participants.interviews.test_file import four_pages

LONG = "Ik merk dat ik in een druk gesprek te snel antwoord geef. " * 4


def at(name, *keys):
    return reverse(f"interviews:{name}", args=keys)


def planned(*, hours=1, **facts):
    """A talk of today, with words for every criterion."""
    today, some_time = timezone.localdate(), dt.timedelta(days=90)
    found = group(starts_on=today - some_time, ends_on=today + some_time)
    InterviewCriterion.objects.update(
        example_question="Wanneer zei je nee, of vroeg je om hulp?",
        hint="Waaraan merkte je dat het te veel werd? Wat deed je toen?",
    )
    found.participant = found.enrolment.participant
    found.interview = actions.plan(
        found.enrolment,
        by=found.coordinator,
        planned_at=timezone.now() + dt.timedelta(hours=hours),
        assessors=[found.first, found.second],
        place="Huis van de Wijk Zuiderlicht, kamer 2",
        online_link="https://overleg.example/gesprek",
        **facts,
    )
    found.items = list(found.interview.items.all())
    return found


def with_pop(found):
    plan = PopFactory(enrolment=found.enrolment)
    for place, what in [(1, "Vaker nee zeggen als het te veel wordt"), (2, "Beter doorvragen")]:
        LearningGoal.objects.create(plan=plan, position=place, what=what, why=LONG, actions=LONG)
    stored = storing.store(SimpleUploadedFile("mijn-plan.pdf", four_pages()), by=found.participant)
    PlanVersionFactory(plan=plan, file=stored, sections=None)
    return plan


def filled(found):
    plan, by = with_pop(found), {"by": found.participant}
    goal, criterion = plan.goals.first(), found.criteria[0]
    actions.file_goal(found.enrolment, goal, criterion=criterion, **by)
    actions.file_pages(found.enrolment, plan.versions.get(), [2, 3], **by)
    actions.file_text(found.enrolment, LONG, **by)


def nothing_planned():
    found = planned()
    actions.not_held(found.interview, by=found.coordinator)
    return found.participant, at("list")


def before():
    found = planned()
    filled(found)
    return found.participant, at("detail", found.interview.pk)


def empty_file():
    found = planned()
    return found.participant, at("file", found.enrolment.pk)


def full_file():
    found = planned()
    filled(found)
    return found.participant, at("file", found.enrolment.pk)


def final(**words):
    found = planned(hours=-2)
    filled(found)
    values = ["not_yet", "good", "sufficient"]
    both_hand_in(found, values, values)
    agree(found, values, strengths="Je luistert goed.", advice="Oefen door.", **words)
    actions.finalise(found.interview, by=found.first)
    return found


def objected():
    found = final()
    actions.reply(found.interview, LONG, by=found.participant)
    found.objection = actions.make_objection(
        found.interview, by=found.participant, items=found.items[:1], text=LONG
    )
    return found


def decided():
    found = objected()
    actions.decide(
        found.objection,
        by=found.coordinator,
        outcome="upheld",
        motivation=LONG,
        values={found.items[0].pk: "good"},
    )
    return found


def report():
    found = final()
    return found.participant, at("detail", found.interview.pk)


def report_of_an_upheld_objection():
    found = decided()
    return found.participant, at("detail", found.interview.pk)


def objecting():
    found = final()
    return found.participant, at("objection", found.interview.pk)


def deciding():
    found = objected()
    return found.coordinator, at("decide", found.interview.pk, found.objection.pk)


def amending():
    found = final()
    return found.coordinator, at("amend", found.interview.pk)


def for_the_coordinator():
    found = objected()
    return found.coordinator, at("detail", found.interview.pk)


def rating():
    found = planned()
    filled(found)
    return found.first, at("rate", found.interview.pk)


def handing_in():
    found = planned(hours=-2)
    hand_in(found, found.second)
    actions.rate(
        found.interview, by=found.first, ratings={item.pk: ("good", "") for item in found.items}
    )
    return found.first, at("hand_in", found.interview.pk)


def differing():
    found = planned(hours=-2)
    both_hand_in(found, ["not_yet", "good", "sufficient"], ["good", "good", "good"])
    return found.first, at("joint", found.interview.pk)


def stuck():
    found = planned(hours=-2)
    both_hand_in(found, "not_yet", "good")
    return found


def asking_a_third():
    found = stuck()
    return found.coordinator, at("third", found.interview.pk)


def stuck_for_the_coordinator():
    found = stuck()
    return found.coordinator, at("detail", found.interview.pk)


def one_was_not_there():
    found = planned(hours=-2)
    seat = found.interview.seats.first()
    return found.coordinator, at("one", found.interview.pk, seat.pk)


def alone():
    found = planned(hours=-2)
    hand_in(found, found.first)
    seat = found.interview.seats.get(assessor=found.second)
    actions.leave_one(seat, by=found.coordinator, reason="Ziek", recorded_how="Opname")
    agree(found)
    return found.first, at("finalise", found.interview.pk)


def today():
    found = planned(hours=0)
    hand_in(found, found.second)
    return found.first, at("today")


def agenda():
    found = planned(hours=-2)
    hand_in(found, found.second)
    return found.first, at("list")


def planning():
    found = planned()
    actions.not_held(found.interview, by=found.coordinator)
    return found.coordinator, at("plan", found.enrolment.pk)


def passed():
    found = planned(hours=-2)
    finish(found)
    return found.participant, at("list")


STATES = [
    State("interview, participant: nothing planned", nothing_planned),
    State("interview, participant: before the talk", before),
    State("interview, participant: file, empty", empty_file),
    State("interview, participant: file, full", full_file),
    State("interview, participant: report", report),
    State("interview, participant: report, upheld", report_of_an_upheld_objection),
    State("interview, participant: objecting", objecting),
    State("interview, participant: passed", passed),
    State("interview, assessor: rating", rating),
    State("interview, assessor: handing in", handing_in),
    State("interview, assessor: differences", differing),
    State("interview, assessor: alone", alone),
    State("interview, assessor: today", today),
    State("interview, assessor: agenda", agenda),
    State("interview, coordinator: planning", planning),
    State("interview, coordinator: a third", asking_a_third),
    State("interview, coordinator: stuck", stuck_for_the_coordinator),
    State("interview, coordinator: one was not there", one_was_not_there),
    State("interview, coordinator: objection", for_the_coordinator),
    State("interview, coordinator: deciding", deciding),
    State("interview, coordinator: amending", amending),
]
