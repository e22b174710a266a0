"""What stands around every page: the menu, the way in, the refusals, pages for anyone."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views import defaults
from django.views.csrf import csrf_failure

from leerlijn.context import places
from participants.accounts.models import Role
from tests.factories.cohorts import CohortFactory, EnrolmentFactory, RoleFactory

# The menu


def seen_by(user, address="/"):
    request = RequestFactory().get(address)
    request.user = user
    return {place.word: place.current for place in places(request)}


@pytest.fixture
def person(db):
    return get_user_model().objects.create_user("noor@leerlijn.example", name="Noor Vos")


def test_the_menu_is_empty_for_who_is_not_logged_in():
    assert seen_by(AnonymousUser()) == {}


def test_the_menu_of_a_participant_has_five_words(person):
    assert list(seen_by(person)) == ["Begin", "Uren", "Lessen", "Plannen", "Meer"]


@pytest.mark.parametrize("kind", Role.STAFF)
def test_the_menu_of_staff_begins_with_what_waits(person, kind):
    RoleFactory(user=person, kind=kind)
    assert list(seen_by(person)) == ["Te doen", "Lessen", "Lichting", "Gesprekken", "Meer"]


def test_the_menu_says_where_you_are(person):
    assert seen_by(person)["Begin"] == "page"
    assert seen_by(person, "/uren/")["Uren"] == "page"
    assert seen_by(person, "/uren/12/")["Uren"] == "true"
    assert seen_by(person, "/uren/12/")["Begin"] == ""


def test_the_pile_of_hours_is_part_of_what_waits(person):
    RoleFactory(user=person)
    assert seen_by(person, "/wacht/")["Te doen"] == "page"
    assert seen_by(person, "/nakijken/")["Te doen"] == "true"


@pytest.mark.parametrize(
    "address", ["/trainingen/", "/gesprekken/", "/gesprekken/3/", "/certificaat/", "/leerplekken/"]
)
def test_what_stands_under_more_is_part_of_more(person, address):
    assert seen_by(person, address)["Meer"] == "true"
    page = person_client(person).get(address)
    if page.status_code == 200 and address != "/leerplekken/":
        assert 'class="ams-breadcrumb__link" href="/meer/"' in page.content.decode()


def person_client(person):
    client = Client()
    client.force_login(person)
    return client


def test_interviews_are_a_place_of_their_own_for_staff(person):
    RoleFactory(user=person)
    assert seen_by(person, "/gesprekken/")["Gesprekken"] == "page"
    assert seen_by(person, "/gesprekken/")["Meer"] == ""
    assert 'href="/meer/">Meer</a>' not in person_client(person).get("/gesprekken/")


# Help, in the same place on every page


def test_a_participant_finds_a_named_contact_on_every_page_and_may_call(client, db):
    cohort = CohortFactory(
        contact_name="Ellen Brouwer", contact_phone="06 0000 0000", contact_when="op maandag"
    )
    client.force_login(EnrolmentFactory(cohort=cohort).participant)
    helps = {help_of(client.get(address)) for address in ("/", "/uren/", "/meer/", "/hulp/")}
    [said] = helps
    assert "Ellen Brouwer helpt je graag" in said
    assert 'href="tel:0600000000"' in said
    assert "Bereikbaar op maandag." in said
    assert 'href="/hulp/"' in said


def test_staff_and_who_is_in_no_cohort_ask_somebody_near(client, person):
    client.force_login(person)
    assert "Vraag het je trainer." in help_of(client.get("/meer/"))
    client.force_login(RoleFactory().user)
    assert "Vraag het een collega." in help_of(client.get("/meer/"))


@pytest.mark.parametrize("anchor", ["pop", "gop", "intervisie", "criteriumgericht-interview"])
def test_the_words_of_the_house_are_explained(client, db, anchor):
    assert f'id="{anchor}"' in client.get("/hulp/").content.decode()


def help_of(response):
    """What stands under "Kom je er niet uit?", with single spaces."""
    page = " ".join(response.content.decode().split())
    return re.search(r"Kom je er niet uit\?</h2>(.*?)</p>", page)[1]


# Pages for anyone, and refusals


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/hulp/", "/privacy/", "/toegankelijkheid/"])
def test_a_page_that_tells_something_is_there_without_login_or_queries(
    client, address, django_assert_num_queries
):
    with django_assert_num_queries(0):
        assert client.get(address).status_code == 200


def test_the_icon_is_found_at_the_address_of_old(client):
    response = client.get("/favicon.ico")
    assert (response.status_code, response.url) == (302, "/static/leerlijn/favicon.svg")
    assert client.get(response.url)["Content-Type"] == "image/svg+xml"


def test_the_page_for_our_own_breakdown_needs_no_database_and_no_context():
    page = render_to_string("500.html")
    assert "Dat ligt niet aan jou" in page
    assert defaults.server_error(RequestFactory().get("/")).content.decode() == page


def test_a_request_that_cannot_be_read_gets_a_page_that_says_what_to_do():
    page = defaults.bad_request(RequestFactory().get("/"), Exception())
    assert "Er is niets bewaard" in page.content.decode()


@pytest.mark.django_db
def test_not_there_and_not_for_you_say_what_to_do(client, person):
    client.force_login(person)
    response = client.get("/bestaat-niet/")
    assert response.status_code == 404
    assert "Naar het begin" in response.content.decode()
    request = RequestFactory().get("/")
    request.user = person
    assert "coördinator" in defaults.permission_denied(request, Exception()).content.decode()


def test_the_address_of_a_button_says_what_to_do_when_it_is_opened(client, person):
    client.force_login(person)
    response = client.get("/uren/1/trek-in/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "Dit adres hoort bij een knop" in response.content.decode()


def test_the_api_keeps_its_own_words_for_a_wrong_method(client, person):
    client.force_login(person)
    response = client.get("/api/v1/hours/1/approve/")
    assert (response.status_code, response["Content-Type"]) == (405, "application/json")


def test_a_form_that_stood_open_too_long_says_how_to_keep_the_text():
    assert "Kopieer" in csrf_failure(RequestFactory().get("/")).content.decode()


ACCOUNT_PAGES = [
    "/accounts/login/",
    "/accounts/login/code/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/x-y/",
    "/accounts/inactive/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/abc/",
]
OWN_ACCOUNT_PAGES = [
    "/accounts/logout/",
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
]


def assert_is_one_of_our_pages(response):
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("<h1") == 1
    assert "leerlijn/app.css" in page
    assert not re.search(r"style=|<script>|onclick=", page)
    assert not re.search(r"Sign|Password|Please|\bu\b|alstublieft|verplicht veld", page)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ACCOUNT_PAGES)
def test_every_page_on_the_way_in_is_dutch_and_looks_like_ours(client, address):
    assert_is_one_of_our_pages(client.get(address))


@pytest.fixture
def logged_in(person):
    person.set_password("een-lang-wachtwoord")
    person.save()
    client = Client()
    client.post("/accounts/login/", {"login": person.email, "password": "een-lang-wachtwoord"})
    client.post("/accounts/reauthenticate/", {"password": "een-lang-wachtwoord"})
    return client


@pytest.mark.parametrize("address", OWN_ACCOUNT_PAGES)
def test_every_page_of_your_own_account_is_dutch_and_looks_like_ours(logged_in, address):
    assert_is_one_of_our_pages(logged_in.get(address))


def test_a_login_that_does_not_fit_says_what_else_to_try(client, person):
    response = client.post("/accounts/login/", {"login": person.email, "password": "nee"})
    page = response.content.decode()
    assert "log in met een code" in page and person.email in page


def test_a_mail_holds_a_greeting_and_nothing_else_about_the_person(client, person, mailoutbox):
    client.post("/accounts/login/code/", {"email": person.email})
    [mail] = mailoutbox
    assert mail.subject == "Je code om in te loggen"
    assert mail.body.startswith("Hallo,")
    assert "Vos" not in mail.body and person.email not in mail.body


def test_a_new_password_is_asked_for_with_a_link_in_dutch(client, person, mailoutbox):
    client.post("/accounts/password/reset/", {"email": person.email})
    [mail] = mailoutbox
    assert mail.subject == "Kies een nieuw wachtwoord"
    [link] = re.findall(r"http://testserver(/\S+)", mail.body)
    assert_is_one_of_our_pages(client.get(link, follow=True))
