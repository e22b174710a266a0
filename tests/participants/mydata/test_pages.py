"""The pages about oneself."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from participants.models import ApiToken, Device, EmailChange, Event, User
from participants.mydata import actions, registry
from tests.factories import CohortFactory, EnrolmentFactory, HourEntryFactory, UserFactory
from tests.participants.mydata.scene import everything, unpacked

pytestmark = pytest.mark.django_db
NEW = "nieuw@leerlijn.example"


@pytest.fixture
def person():
    return EnrolmentFactory(participant__name="Noor Vos", participant__phone="").participant


@pytest.fixture
def client(client, person):
    client.force_login(person)
    return client


def text_of(response):
    return response.content.decode()


def test_the_page_says_who_you_are_and_how_much_there_is(client, person):
    other = UserFactory(name="Iemand Anders")
    HourEntryFactory(enrolment=person.enrolments.get())
    html = text_of(client.get("/mijn-gegevens/"))
    assert "Noor Vos" in html and person.email in html
    assert other.name not in html
    assert "Je uren (1)" in html
    assert "Nog niets bewaard: " in html and "je aanwezigheid" in html
    assert "/pauze/" in html and "Meer instellingen" in html


@pytest.mark.parametrize("key", registry.SUBJECTS)
def test_each_subject_shows_what_is_stored_and_nothing_of_another(client, key):
    cohort = CohortFactory()
    mine = everything(cohort, "Marisol").participant
    everything(cohort, "Kanarie", gop=cohort.gop)
    client.force_login(mine)
    html = text_of(client.get(f"/mijn-gegevens/bekijk/{key}/"))
    assert "Hier bewaren we nog niets van je" not in html
    assert "kanarie" not in html.casefold()


def test_a_subject_that_does_not_exist_is_not_there(client):
    assert client.get("/mijn-gegevens/bekijk/geheim/").status_code == 404


def test_the_zip_comes_as_a_download_that_nobody_keeps(client):
    response = client.post("/mijn-gegevens/download/")
    assert response.streaming
    assert response["Content-Type"] == "application/zip"
    assert re.search(r'attachment; filename="[\w-]+\.zip"', response["Content-Disposition"])
    assert "no-store" in response["Cache-Control"]
    assert "Noor Vos" in unpacked(response.streaming_content)["index.html"].decode()
    assert client.get("/mijn-gegevens/download/").status_code == 405


def test_too_often_is_said_kindly(client, monkeypatch):
    monkeypatch.setattr(actions, "MOST_AN_HOUR", 0)
    response = client.post("/mijn-gegevens/download/", follow=True)
    assert "over een uur weer" in text_of(response)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("06 0000 0000", "06 0000 0000"), (" 06  00000000 ", "06 00000000"), ("", "")],
)
def test_the_telephone_is_changed_by_oneself(client, person, typed, kept):
    response = client.post("/mijn-gegevens/telefoon/", {"phone": typed}, follow=True)
    assert response.redirect_chain[0][0] == "/mijn-gegevens/"
    assert "Je telefoonnummer is" in text_of(response)
    person.refresh_from_db()
    assert person.phone == kept
    assert Event.objects.decisions().get(act="phone_changed").actor == person


@pytest.mark.parametrize(
    ("page", "field", "typed", "said"),
    [
        ("telefoon", "phone", "bel maar", "is geen telefoonnummer"),
        ("naam", "name", "a\u200bb", "onzichtbaar teken"),
        ("e-mail", "email", "noor", "Kijk of er een @ in staat"),
    ],
)
def test_what_cannot_be_stays_in_the_field_with_a_sentence(
    client, person, page, field, typed, said
):
    html = text_of(client.post(f"/mijn-gegevens/{page}/", {field: typed}))
    assert said in html and f'value="{typed}"' in html
    before = getattr(person, field)
    person.refresh_from_db()
    assert getattr(person, field) == before


def test_the_name_is_changed_by_oneself(client, person):
    assert "Op je certificaat komt een eigen naam" in text_of(client.get("/mijn-gegevens/naam/"))
    response = client.post("/mijn-gegevens/naam/", {"name": "Noor van Dijk"}, follow=True)
    assert "Je heet hier nu Noor van Dijk" in text_of(response)
    person.refresh_from_db()
    assert person.name == "Noor van Dijk"


def test_the_answer_to_a_new_address_is_the_same_when_it_is_taken(client):
    UserFactory(email="bezet@leerlijn.example")
    said = []
    for email in (NEW, "bezet@leerlijn.example"):
        html = text_of(client.post("/mijn-gegevens/e-mail/", {"email": email}, follow=True))
        said.append(re.search(r"We hebben een mail gestuurd naar .*\.", html)[0].replace(email, ""))
    assert said[0] == said[1]


def test_a_new_address_is_confirmed_with_a_press_and_ends_other_sessions(client, person):
    other = Client()
    other.force_login(person)
    client.post("/mijn-gegevens/e-mail/", {"email": NEW})
    change = EmailChange.objects.get()
    link = f"/mijn-gegevens/e-mail/{change.pk}/{change.secret}/"
    assert NEW in text_of(client.get(link))
    assert client.head(link).status_code in (200, 405)
    assert User.objects.get(pk=person.pk).email != NEW
    response = client.post(link, follow=True)
    assert f"Je e-mailadres is nu {NEW}" in text_of(response)
    assert client.get("/meer/").status_code == 200
    assert other.get("/meer/").status_code == 302
    assert Device.objects.owned_by(person).get().session_key == client.session.session_key
    again = client.post(link, follow=True)
    assert "werkt niet meer" in text_of(again)


def test_a_link_of_another_person_or_a_guess_is_not_there(client, person):
    other = UserFactory()
    theirs = EmailChange.objects.create(user=other, email=NEW, old_email=other.email)
    mine = EmailChange.objects.create(user=person, email=NEW, old_email=person.email)
    for address in (f"{theirs.pk}/{theirs.secret}", f"{mine.pk}/{theirs.secret}"):
        assert client.get(f"/mijn-gegevens/e-mail/{address}/").status_code == 404
        assert client.post(f"/mijn-gegevens/e-mail/{address}/").status_code == 404


def test_devices_are_listed_with_this_one_marked_and_ended(client, person):
    other = Client(headers={"user-agent": "Firefox/127.0 (X11; Linux)"})
    other.force_login(person)
    other.get("/meer/")
    html = text_of(client.get("/mijn-gegevens/instellingen/"))
    assert html.count("Dit apparaat") == 1
    assert "Laatst gebruikt op" in html
    key = other.session.session_key
    device = Device.objects.get(session_key=key)
    response = client.post(f"/mijn-gegevens/instellingen/apparaten/{device.pk}/", follow=True)
    assert "Uitgelogd: " in text_of(response)
    assert other.get("/meer/").status_code == 302


def test_all_other_devices_are_ended_in_one_press(client, person):
    others = [Client() for _ in range(2)]
    for other in others:
        other.force_login(person)
    response = client.post("/mijn-gegevens/instellingen/apparaten/", follow=True)
    assert "2 andere apparaten zijn uitgelogd" in text_of(response)
    assert [other.get("/meer/").status_code for other in others] == [302, 302]


def test_a_token_is_shown_once_named_listed_and_revoked(client, person):
    response = client.post("/mijn-gegevens/instellingen/tokens/", {"name": "Mijn rekenblad"})
    secret = re.search(r'id="token">([\w-]{40})<', text_of(response))[1]
    assert "no-store" in response["Cache-Control"]
    html = text_of(client.get("/mijn-gegevens/instellingen/"))
    assert "Mijn rekenblad" in html and secret not in html
    token = ApiToken.objects.get()
    response = client.post(f"/mijn-gegevens/instellingen/tokens/{token.pk}/", follow=True)
    assert "werkt niet meer" in text_of(response)
    assert "Mijn rekenblad" not in text_of(client.get("/mijn-gegevens/instellingen/"))
    html = text_of(client.get("/mijn-gegevens/bekijk/wie-je-bent/"))
    assert "Mijn rekenblad" in html and secret not in html


def test_a_token_without_a_name_is_asked_for_one(client):
    html = text_of(client.post("/mijn-gegevens/instellingen/tokens/", {"name": ""}))
    assert "Schrijf op waar het token voor is" in html
    assert not ApiToken.objects.exists()


def test_pages_ask_the_database_as_often_for_many_rows_as_for_few(client, person):
    counts = []
    for _ in range(2):
        client.post("/mijn-gegevens/instellingen/tokens/", {"name": "Nog een"})
        Client().force_login(person)
        for page in ("", "instellingen/"):
            with CaptureQueriesContext(connection) as asked:
                client.get(f"/mijn-gegevens/{page}")
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
