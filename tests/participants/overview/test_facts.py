import pytest

from participants.models import Event
from tests.factories import EnrolmentFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    person = EnrolmentFactory(participant__name="Noor Vos", participant__phone="").participant
    client.force_login(person)
    return person


def test_ones_own_name_address_and_telephone_are_there(client, person):
    other = UserFactory(name="Iemand Anders")
    html = client.get("/mijn-gegevens/").content.decode()
    assert "Noor Vos" in html and person.email in html
    assert other.name not in html


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("06 0000 0000", "06 0000 0000"), (" 06  00000000 ", "06 00000000"), ("", "")],
)
def test_the_telephone_is_changed_by_oneself(client, person, typed, kept):
    response = client.post("/mijn-gegevens/", {"phone": typed}, follow=True)
    assert response.redirect_chain[0][0] == "/meer/"
    assert "Je telefoonnummer is" in response.content.decode()
    person.refresh_from_db()
    assert person.phone == kept
    assert Event.objects.decisions().get(act="phone_changed").actor == person


def test_what_is_no_telephone_number_stays_in_the_field_with_a_sentence(client, person):
    html = client.post("/mijn-gegevens/", {"phone": "bel maar"}).content.decode()
    assert "is geen telefoonnummer" in html and 'value="bel maar"' in html
    person.refresh_from_db()
    assert person.phone == ""


def test_name_and_address_cannot_be_sent_along(client, person):
    client.post("/mijn-gegevens/", {"phone": "", "name": "X", "email": "x@leerlijn.example"})
    email = person.email
    person.refresh_from_db()
    assert (person.name, person.email) == ("Noor Vos", email)
