from types import SimpleNamespace

import pytest

from participants.interviews import actions
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    InterviewCriterionFactory,
    RoleFactory,
)
from tests.participants.interviews.scene import MOMENT


@pytest.fixture
def scene(db):
    """A cohort with two required criteria and one extra, two assessors and a coordinator."""
    cohort = CohortFactory(contact_name="Ellen Brouwer")
    criteria = [
        InterviewCriterionFactory(track=cohort.track, position=place, title=title, **facts)
        for place, title, facts in [
            (1, "Grenzen stellen", {"explanation": "Je zegt op tijd nee."}),
            (2, "Vragen stellen", {}),
            (3, "Het andere geluid", {"required": False}),
        ]
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


@pytest.fixture
def planned(scene):
    """The interview of ``scene``, planned; its items stand in ``scene.items``."""
    scene.interview = actions.plan(
        scene.enrolment,
        by=scene.coordinator,
        planned_at=MOMENT,
        assessors=[scene.first, scene.second],
        place="Huis van de Wijk",
    )
    scene.items = list(scene.interview.items.all())
    return scene
