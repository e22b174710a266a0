import pytest

from participants.admin import site
from participants.models import Event, Role, User
from tests.factories import (
    CohortFactory,
    LearningPlaceFactory,
    RoleFactory,
    TrainingFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

NO_ROLES = {"roles-TOTAL_FORMS": 0, "roles-INITIAL_FORMS": 0}


@pytest.fixture
def administrator(client):
    user = RoleFactory(administrator=True).user
    client.force_login(user)
    return user


def one_role(user, kind, cohort=None, **given):
    return {
        "name": user.name,
        "email": user.email,
        "is_active": "on",
        "roles-TOTAL_FORMS": 1,
        "roles-INITIAL_FORMS": 0,
        "roles-0-user": user.pk,
        "roles-0-kind": kind,
        "roles-0-cohort": cohort.pk if cohort else "",
        **given,
    }


def test_only_settings_and_people_are_there():
    assert {model.__name__ for model in site._registry} == {
        "Cohort",
        "LearningPlace",
        "LearningTrack",
        "Training",
        "User",
    }


@pytest.mark.parametrize("role", [{}, {"assessor": True}, {"coordinator": True}])
def test_the_admin_is_closed_for_all_other_roles(client, role):
    client.force_login(RoleFactory(**role).user)
    for address in ("/beheer/", "/beheer/participants/user/"):
        assert client.get(address).status_code in (302, 403)


@pytest.mark.parametrize("model", ["user", "cohort", "learningtrack", "training", "learningplace"])
def test_every_list_and_form_opens_in_dutch(client, administrator, model):
    assert "Beheer van Leerlijn" in client.get(f"/beheer/participants/{model}/").content.decode()
    added = 200 if model == "user" else 403
    assert client.get(f"/beheer/participants/{model}/add/").status_code == added


@pytest.mark.parametrize(
    ("name", "made", "sent"),
    [
        ("cohort", CohortFactory, {"name": "Anders"}),
        ("learningtrack", lambda: CohortFactory().track, {"name": "Anders"}),
        ("training", TrainingFactory, {"title": "Anders"}),
        ("learningplace", LearningPlaceFactory, {"team": "Anders"}),
    ],
)
def test_what_has_pages_of_its_own_is_here_to_look_at(client, administrator, name, made, sent):
    row = made()
    address = f"/beheer/participants/{name}/{row.pk}/change/"
    assert client.get(address).status_code == 200
    assert client.post(address, sent).status_code == 403
    assert "Anders" not in type(row).objects.filter(pk=row.pk).values_list(*sent).get()


def test_there_is_one_page_for_a_password(client, administrator):
    for method in (client.get, client.post):
        assert method("/beheer/password_change/").url == "/accounts/password/change/"
    assert client.get("/beheer/password_change/done/").url == "/meer/"


def test_titles_begin_with_a_capital(client, administrator):
    html = client.get("/beheer/participants/user/add/").content.decode()
    assert "<title>Persoon toevoegen | Beheer</title>" in html
    assert ">Leerlijn</a>" in html


def test_what_is_no_telephone_number_is_refused(client, administrator):
    data = {"name": "Jo", "email": "jo@leerlijn.example", "phone": "bel maar", **NO_ROLES}
    html = client.post("/beheer/participants/user/add/", data).content.decode()
    assert "is geen telefoonnummer" in html


def test_nothing_is_deleted(client, administrator):
    cohort = CohortFactory()
    address = f"/beheer/participants/cohort/{cohort.pk}/delete/"
    assert client.post(address, {"post": "yes"}).status_code == 403
    assert client.get(f"/beheer/participants/user/{administrator.pk}/delete/").status_code == 403


def test_a_new_person_gets_no_password(client, administrator):
    data = {"name": "Jo  Nieuw", "email": "Jo@leerlijn.example", "is_active": "on", **NO_ROLES}
    assert client.post("/beheer/participants/user/add/", data).status_code == 302
    person = User.objects.get(email="jo@leerlijn.example")
    assert (person.name, person.has_usable_password()) == ("Jo Nieuw", False)


def test_a_role_is_given_and_taken_with_a_decision(client, administrator):
    user, cohort = UserFactory(), CohortFactory()
    address = f"/beheer/participants/user/{user.pk}/change/"
    assert client.post(address, one_role(user, "trainer", cohort)).status_code == 302
    role = user.roles.get()
    taken = {"roles-INITIAL_FORMS": 1, "roles-0-id": role.pk, "roles-0-DELETE": "on"}
    assert client.post(address, one_role(user, "trainer", cohort, **taken)).status_code == 302
    assert not user.roles.exists()
    acts = set(Event.objects.decisions().values_list("act", flat=True))
    assert {"trainer_role_given", "trainer_role_taken"} <= acts


def test_a_trainer_needs_a_cohort(client, administrator):
    user = UserFactory()
    address = f"/beheer/participants/user/{user.pk}/change/"
    html = client.post(address, one_role(user, "trainer")).content.decode()
    assert "Kies de lichting" in html
    assert not user.roles.exists()


def test_administrators_cannot_shut_their_own_door(client, administrator):
    role = administrator.roles.get()
    taken = {"roles-INITIAL_FORMS": 1, "roles-0-id": role.pk, "roles-0-DELETE": "on"}
    data = one_role(administrator, "administrator", **taken)
    html = client.post(f"/beheer/participants/user/{administrator.pk}/change/", data)
    assert "Vraag het een andere beheerder" in html.content.decode()
    assert Role.objects.filter(pk=role.pk).exists()
