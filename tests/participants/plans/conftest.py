import pytest

from participants.plans import actions
from tests.participants.plans import scene


@pytest.fixture
def world(db):
    return scene.group()


@pytest.fixture
def pop(world):
    """A shared POP of one version."""
    plan = actions.plan_for(world.enrolment, by=world.participant)
    world.version = actions.add_version(plan, by=world.participant, sections=scene.POP, share=True)
    plan.refresh_from_db()
    return plan


@pytest.fixture
def gop(world):
    """A GOP of one version, not complete."""
    plan = actions.plan_for(world.cohort, by=world.participant)
    actions.add_version(plan, by=world.participant, sections=scene.GOP)
    plan.refresh_from_db()
    return plan


@pytest.fixture
def complete_gop(world, gop):
    return actions.complete(gop, by=world.trainer)
