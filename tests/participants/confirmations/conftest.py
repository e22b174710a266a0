import pytest
import time_machine

from tests.participants.confirmations.scene import NOON, Scene


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def scene(db, clock):
    return Scene()
