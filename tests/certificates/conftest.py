import pytest

from tests.factories import RoleFactory


@pytest.fixture
def coordinator(db):
    """A coordinator of the whole organisation, who takes part in nothing."""
    return RoleFactory(coordinator=True).user


@pytest.fixture
def office(client, coordinator):
    """The browser of the coordinator."""
    client.force_login(coordinator)
    return client
