"""What the tests of interviews do often."""

import datetime as dt
from types import SimpleNamespace

from participants.interviews import actions
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    InterviewCriterionFactory,
    RoleFactory,
)

MOMENT = dt.datetime(2025, 6, 17, 8, 0, tzinfo=dt.UTC)  # ten o'clock in Amsterdam

CRITERIA = [
    (1, "Grenzen stellen", {"explanation": "Je zegt op tijd nee."}),
    (2, "Vragen stellen", {}),
    (3, "Het andere geluid", {"required": False}),
]


def group(**dates):
    """A cohort with criteria, a participant, three assessors and a coordinator."""
    cohort = CohortFactory(contact_name="Ellen Brouwer", **dates)
    criteria = [
        InterviewCriterionFactory(track=cohort.track, position=place, title=title, **facts)
        for place, title, facts in CRITERIA
    ]
    return SimpleNamespace(
        cohort=cohort,
        criteria=criteria,
        enrolment=EnrolmentFactory(cohort=cohort, participant__name="Yusuf Demirel"),
        coordinator=RoleFactory(coordinator=True, user__name="Ellen Brouwer").user,
        first=RoleFactory(cohort=cohort, assessor=True, user__name="Anna Aalders").user,
        second=RoleFactory(cohort=cohort, assessor=True, user__name="Bram Bos").user,
        third=RoleFactory(cohort=cohort, assessor=True, user__name="Carla Cruz").user,
    )


def answers(items, values, text=""):
    """``values`` one for each item: one word for all, or a list."""
    values = [values] * len(items) if isinstance(values, str) else values
    return {item.pk: (value, text) for item, value in zip(items, values, strict=True)}


def hand_in(scene, assessor, values="good", text=""):
    actions.declare_independent(scene.interview, by=assessor)
    actions.rate(
        scene.interview,
        by=assessor,
        ratings=answers(scene.items, values, text),
        hand_in=True,
    )


def both_hand_in(scene, first="good", second="good"):
    hand_in(scene, scene.first, first)
    hand_in(scene, scene.second, second)


def agree(scene, values="good", text="", **words):
    joint = answers(scene.items, values, text)
    actions.agree(scene.interview, by=scene.first, joint=joint, **words)


def finish(scene, values="good"):
    """Rate alike, agree and make final; returns the result."""
    both_hand_in(scene, values, values)
    agree(scene, values)
    return actions.finalise(scene.interview, by=scene.first)


def plan_again(scene, **facts):
    """Another attempt of the same person, in ``scene``."""
    scene.interview = actions.plan(
        scene.enrolment,
        by=scene.coordinator,
        planned_at=MOMENT + dt.timedelta(days=14),
        assessors=[scene.first, scene.second],
        **facts,
    )
    scene.items = list(scene.interview.items.all())
    return scene.interview


def refused(refusal):
    """The code of an expected ValidationError."""
    return refusal.value.code
