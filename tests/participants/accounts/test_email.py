"""Another e-mail address is another way in: the old one leads nowhere any more."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from participants.accounts import actions
from participants.models import Event, User
from tests.factories import RoleFactory, UserFactory

pytestmark = pytest.mark.django_db

OLD, NEW, PASSWORD = "oud@leerlijn.example", "nieuw@leerlijn.example", "een-lang-wachtwoord"


@pytest.fixture
def noor():
    return User.objects.create_user(OLD, PASSWORD, name="Noor Vos")


@pytest.fixture
def administrator():
    return RoleFactory(administrator=True).user


@pytest.fixture
def logged_in(noor):
    """A client where Noor is logged in; the login package has noted the old address."""
    client = Client()
    client.post("/accounts/password/reset/", {"email": OLD})
    by_password(client, OLD)
    assert EmailAddress.objects.filter(user=noor, email=OLD).exists()
    return client


def by_password(client, email):
    client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    return "_auth_user_id" in client.session


def asked_code(client, email, mailoutbox):
    """The code that is mailed to ``email``, or None when none is."""
    before = len(mailoutbox)
    client.post("/accounts/login/code/", {"email": email})
    if len(mailoutbox) == before:
        return None
    assert mailoutbox[-1].to == [email]
    return re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", mailoutbox[-1].body, re.M)[1]


def enters(client, code):
    client.post("/accounts/login/code/confirm/", {"code": code})
    return "_auth_user_id" in client.session


def change_in_admin(administrator, user, email):
    client = Client()
    client.force_login(administrator)
    data = {"name": user.name, "email": email, "is_active": "on"}
    data |= {"roles-TOTAL_FORMS": 0, "roles-INITIAL_FORMS": 0}
    return client.post(f"/beheer/participants/user/{user.pk}/change/", data)


@pytest.fixture
def changed(noor, administrator, logged_in):
    """Noor has another address, by the admin."""
    assert change_in_admin(administrator, noor, "Nieuw@Leerlijn.example").status_code == 302
    noor.refresh_from_db()
    assert noor.email == NEW


def test_a_code_goes_to_the_new_address_only(changed, mailoutbox):
    assert asked_code(Client(), OLD, mailoutbox) is None
    client = Client()
    assert enters(client, asked_code(client, NEW, mailoutbox))


def test_the_password_works_with_the_new_address_only(changed):
    assert not by_password(Client(), OLD)
    assert by_password(Client(), NEW)


def test_after_logging_in_with_the_new_address_the_old_one_is_still_closed(changed, mailoutbox):
    assert by_password(Client(), NEW)
    assert asked_code(Client(), OLD, mailoutbox) is None
    assert not by_password(Client(), OLD)


def test_a_code_that_was_on_its_way_to_the_old_address_opens_nothing(
    noor, administrator, logged_in, mailoutbox
):
    client = Client()
    code = asked_code(client, OLD, mailoutbox)
    actions.change_email(noor, NEW, by=administrator)
    assert not enters(client, code)
    assert (
        "Deze code klopt niet of werkt niet meer" in client.get("/accounts/login/").content.decode()
    )


def test_a_link_for_a_new_password_that_was_sent_to_the_old_address_opens_nothing(
    noor, administrator, client, mailoutbox
):
    client.post("/accounts/password/reset/", {"email": OLD})
    [link] = re.findall(r"http://testserver(/\S+)", mailoutbox[0].body)
    actions.change_email(noor, NEW, by=administrator)
    response = client.get(link, follow=True)
    assert "password1" not in response.content.decode()


def test_every_session_ends(logged_in, changed):
    assert logged_in.get("/").url.startswith("/accounts/login/")


def test_sessions_go_on_when_something_else_changes(noor, administrator, logged_in):
    change_in_admin(administrator, noor, OLD)
    assert logged_in.get("/").status_code == 200


def test_the_change_is_a_decision_without_addresses(changed, administrator, noor):
    event = Event.objects.decisions().get(act="email_changed")
    assert (event.actor, event.subject, event.reason) == (administrator, f"user:{noor.pk}", "")


def test_a_row_that_somebody_else_left_at_the_new_address_leads_nobody_astray(noor, administrator):
    EmailAddress.objects.create(user=UserFactory(), email=NEW, verified=True, primary=True)
    actions.change_email(noor, NEW, by=administrator)
    client = Client()
    assert by_password(client, NEW)
    assert client.session["_auth_user_id"] == str(noor.pk)


def test_an_address_in_use_is_refused_and_nothing_changes(noor, administrator, logged_in):
    UserFactory(email=NEW)
    with pytest.raises(ValidationError, match="al in gebruik"):
        actions.change_email(noor, NEW, by=administrator)
    assert User.objects.get(pk=noor.pk).email == OLD
    assert "al in gebruik" in change_in_admin(administrator, noor, NEW).content.decode()
    assert logged_in.get("/").status_code == 200


@pytest.mark.parametrize("role", [{}, {"assessor": True}, {"coordinator": True}])
def test_only_administrators_change_an_address(noor, role):
    for somebody in (RoleFactory(**role).user, noor):
        with pytest.raises(PermissionDenied):
            actions.change_email(noor, NEW, by=somebody)
    assert User.objects.get(pk=noor.pk).email == OLD


def test_nobody_changes_the_telephone_of_somebody_else(noor, administrator):
    with pytest.raises(PermissionDenied):
        actions.change_phone(noor, "06 0000 0000", by=administrator)
