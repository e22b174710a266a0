import pytest

from participants.interviews import actions
from tests.participants.interviews.scene import MOMENT, group


@pytest.fixture
def scene(db):
    """A cohort with two required criteria and one extra, two assessors and a coordinator."""
    return group()


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
