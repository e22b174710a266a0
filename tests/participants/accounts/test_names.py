"""Every way in which a name is written keeps the key right by which people are found."""

import pytest
from django.db import IntegrityError

from participants.accounts import actions, names
from participants.enrolments import importing
from participants.models import User
from tests.factories import CohortFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db

NAME, KEY = "Łukasz  İnce", "lukasz ince"
NO_ROLES = {"roles-TOTAL_FORMS": 0, "roles-INITIAL_FORMS": 0}


@pytest.fixture
def noor():
    return UserFactory(name="Noor Vos", email="noor@leerlijn.example")


@pytest.fixture
def administrator(client):
    user = RoleFactory(administrator=True).user
    client.force_login(user)
    return user


def key_of(email):
    return User.objects.get(email=email).name_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Łukasz Wójcik", "lukasz wojcik"),
        ("İPEK Yıldırım", "ipek yildirim"),
        ("Đặng Thị Nguyễn", "dang thi nguyen"),
        ("Søren Ægir Œuvrard", "soren aegir oeuvrard"),
        ("Ǿrsted", "orsted"),
        ("Groß GROẞ", "gross gross"),
        ("Jan van ’t Hof", "jan van 't hof"),
        ("Jan van ‘t\xa0 Hof", "jan van 't hof"),
        ("Jan van ´t Hof", "jan van 't hof"),
        ("Anne‑Marie – Bo", "anne-marie - bo"),
        ("Noe\u0308l No\u00ebl", "noel noel"),
        ("Zo\u00adë", "zoe"),
        ("Ｎｏｏｒ", "noor"),
        ("李小龍", "李小龍"),
        ("Жанна", "жанна"),
    ],
)
def test_a_name_is_folded_to_what_a_keyboard_types(name, key):
    assert names.folded(name) == key


@pytest.mark.parametrize("name", ["\u0301", "´", "\u00ad", "ﷺ" * names.LONGEST])
def test_every_name_has_a_key_that_fits(name):
    assert 1 <= len(UserFactory(name=name).name_key) <= names.KEY_LONGEST


def test_the_database_refuses_a_person_who_cannot_be_found(noor):
    with pytest.raises(IntegrityError, match="person_can_be_found_by_name"):
        User.objects.filter(pk=noor.pk).update(name_key="")


# Ways in


def test_a_new_account_by_program(noor):
    assert User.objects.create_user("l@leerlijn.example", name=NAME).name_key == KEY
    User.objects.bulk_create([User(email="b@leerlijn.example", name=NAME)])
    assert key_of("b@leerlijn.example") == KEY


def test_a_new_account_by_action():
    by = RoleFactory(coordinator=True).user
    actions.register(name=NAME, email="l@leerlijn.example", by=by)
    assert key_of("l@leerlijn.example") == KEY


def test_new_accounts_by_a_list():
    cohort, by = CohortFactory(), RoleFactory(coordinator=True).user
    content = f"naam;e-mail\n{NAME};l@leerlijn.example\n".encode()
    importing.run(importing.plan(content, cohort, by=by), by=by)
    assert key_of("l@leerlijn.example") == KEY


def test_a_new_account_and_another_name_in_the_admin(client, administrator, noor):
    data = {"name": NAME, "email": "l@leerlijn.example", "is_active": "on", **NO_ROLES}
    client.post("/beheer/participants/user/add/", data)
    assert key_of("l@leerlijn.example") == KEY
    data |= {"email": noor.email, "name": "Noor Çelik"}
    client.post(f"/beheer/participants/user/{noor.pk}/change/", data)
    assert key_of(noor.email) == "noor celik"


def test_another_name_by_saving(noor):
    noor.name = NAME
    noor.save(update_fields=["name"])
    assert key_of(noor.email) == KEY


def test_saving_something_else_leaves_the_name_alone(noor):
    noor.name, noor.phone = NAME, "0612345678"
    noor.save(update_fields=["phone"])
    assert key_of(noor.email) == "noor vos"


def test_other_names_in_bulk(noor):
    User.objects.filter(pk=noor.pk).update(name=NAME)
    assert key_of(noor.email) == KEY
    noor.name = "Noor Çelik"
    User.objects.bulk_update([noor], ["name"])
    assert key_of(noor.email) == "noor celik"


def test_a_name_that_only_the_database_knows_is_refused(noor):
    with pytest.raises(TypeError):
        User.objects.update(name=names.Q())
