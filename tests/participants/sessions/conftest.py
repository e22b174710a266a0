import pytest

from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    RoleFactory,
    SessionFactory,
    UserFactory,
)


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def trainer(cohort):
    return RoleFactory(cohort=cohort, user=UserFactory(name="Ellen Brouwer")).user


@pytest.fixture
def samira(cohort):
    return EnrolmentFactory(cohort=cohort, participant=UserFactory(name="Samira Aalbers"))


@pytest.fixture
def session(cohort):
    return SessionFactory(cohorts=[cohort])
