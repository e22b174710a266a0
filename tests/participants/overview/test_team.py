import pytest

from participants.models import Role, User
from tests.factories import CohortFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(client):
    cohort = CohortFactory()
    client.force_login(RoleFactory(coordinator=True, cohort=cohort).user)
    return cohort


def add(client, cohort, **data):
    data = {"name": "Karima Zahir", "email": "karima@leerlijn.example", "kind": "trainer"} | data
    return client.post(f"/lichtingen/{cohort.pk}/team/", data)


def test_a_coordinator_adds_a_trainer_with_a_new_account(client, cohort):
    assert add(client, cohort).status_code == 302
    user = User.objects.get(email="karima@leerlijn.example")
    assert (user.has_usable_password(), user.roles.get().cohort) == (False, cohort)


def test_a_known_address_is_that_person(client, cohort):
    person = UserFactory(email="karima@leerlijn.example", name="Karima")
    for _time in range(2):
        add(client, cohort, email="Karima@leerlijn.example", kind="assessor")
    assert person.roles.get().kind == "assessor"


def test_coordinators_are_not_made_here(client, cohort):
    assert add(client, cohort, kind="coordinator").status_code == 200
    assert Role.objects.count() == 1


def test_somebody_leaves_the_team_after_a_question(client, cohort):
    role = RoleFactory(cohort=cohort)
    address = f"/lichtingen/{cohort.pk}/team/{role.pk}/weg/"
    client.get(address)
    assert Role.objects.filter(pk=role.pk).exists()
    client.post(address)
    assert not Role.objects.filter(pk=role.pk).exists()


def test_another_coordinator_is_not_taken_out_here(client, cohort):
    role = RoleFactory(coordinator=True, cohort=cohort)
    assert client.post(f"/lichtingen/{cohort.pk}/team/{role.pk}/weg/").status_code == 403


def test_a_role_elsewhere_is_not_there(client, cohort):
    role = RoleFactory()
    assert client.post(f"/lichtingen/{cohort.pk}/team/{role.pk}/weg/").status_code == 404
