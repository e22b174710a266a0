import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from participants.models import Enrolment, Pause, User
from tests.factories import CohortFactory, EnrolmentFactory, PauseFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db

LIST = "naam;e-mail\nŁukasz van 't Hoff;lukasz@leerlijn.example\nZoë Groß;zoe@leerlijn.example\n"


@pytest.fixture
def enrolment(client):
    enrolment = EnrolmentFactory()
    client.force_login(enrolment.participant)
    return enrolment


@pytest.fixture
def cohort(client):
    cohort = CohortFactory()
    client.force_login(RoleFactory(coordinator=True, cohort=cohort).user)
    return cohort


def test_the_participant_sees_mends_and_confirms_the_printed_name(client, enrolment):
    address = f"/naam/{enrolment.pk}/"
    assert enrolment.participant.name in client.get(address).content.decode()
    assert client.post(address, {"name": "Zoë van 't Hof"}).url == "/"
    enrolment.refresh_from_db()
    assert enrolment.printed_name == "Zoë van 't Hof"
    assert enrolment.name_confirmed_by == enrolment.participant


def test_a_name_that_cannot_be_is_kept_in_the_field_with_a_sentence(client, enrolment):
    html = client.post(f"/naam/{enrolment.pk}/", {"name": "Zoë\u200bX"}).content.decode()
    assert "U+200B" in html
    enrolment.refresh_from_db()
    assert enrolment.certificate_name == ""


def test_a_pause_is_asked_for_and_taken_back(client, enrolment):
    data = {"starts_on": "2025-05-05", "ends_on": "2025-05-12"}
    assert client.post(f"/pauze/{enrolment.pk}/", data).url == "/meer/"
    assert "Er staat al een pauze" in client.post(f"/pauze/{enrolment.pk}/", data).content.decode()
    pause = Pause.objects.get()
    assert client.post(f"/pauzes/{pause.pk}/terugnemen/").url == "/meer/"
    assert not Pause.objects.exists()


def test_a_confirmed_pause_is_not_taken_back(client, enrolment):
    pause = PauseFactory(enrolment=enrolment, confirmed=True)
    response = client.post(f"/pauzes/{pause.pk}/terugnemen/", follow=True)
    assert "staat al vast" in response.content.decode()
    assert Pause.objects.exists()


def test_a_new_person_is_let_in_at_once(client, cohort):
    data = {"name": "Jo Nieuw", "email": "Jo@Leerlijn.example", "admit": "now"}
    assert client.post(f"/lichtingen/{cohort.pk}/toevoegen/", data).status_code == 302
    enrolment = cohort.enrolments.get()
    assert (enrolment.status, enrolment.participant.email) == ("active", "jo@leerlijn.example")


def test_a_known_person_is_put_on_the_list_of_applicants(client, cohort):
    person = UserFactory(email="jo@leerlijn.example", name="Jo Bekend")
    data = {
        "name": "Jo",
        "email": "JO@leerlijn.example",
        "admit": "later",
        "did_training": "True",
        "has_experience_note": "Bij een buurthuis",
    }
    client.post(f"/lichtingen/{cohort.pk}/toevoegen/", data)
    enrolment = person.enrolments.get()
    assert (enrolment.status, enrolment.did_training) == ("applied", True)
    assert (enrolment.has_experience, enrolment.has_experience_note) == (None, "Bij een buurthuis")


def test_who_is_in_already_is_not_added_again(client, cohort):
    person = EnrolmentFactory(cohort=cohort).participant
    data = {"name": "Jo", "email": person.email, "admit": "now"}
    html = client.post(f"/lichtingen/{cohort.pk}/toevoegen/", data).content.decode()
    assert "staat al in deze lichting" in html


def test_a_refused_enrolment_leaves_no_account_behind(client, cohort):
    data = {"name": "Jo\u202e", "email": "jo@leerlijn.example", "admit": "now"}
    html = client.post(f"/lichtingen/{cohort.pk}/toevoegen/", data).content.decode()
    assert "U+202E" in html
    assert not User.objects.filter(email="jo@leerlijn.example").exists()


def shown(client, cohort, text):
    file = SimpleUploadedFile("lijst.csv", text.encode(), "text/csv")
    return client.post(f"/lichtingen/{cohort.pk}/importeren/", {"file": file})


def plain(response):
    """The page with single spaces."""
    return " ".join(response.content.decode().split())


def test_a_list_is_shown_first_and_added_after_one_press(client, cohort):
    response = shown(client, cohort, LIST)
    html = response.content.decode()
    assert "2 mensen komen erbij, 0 stonden er al." in html
    assert "nieuw account" in html
    assert not cohort.enrolments.exists()
    confirmed = client.post(
        f"/lichtingen/{cohort.pk}/importeren/", {"list": response.context["list"]}
    )
    assert confirmed.url == f"/lichtingen/{cohort.pk}/"
    assert cohort.enrolments.count() == 2


def test_the_list_that_is_shown_has_the_telephone_as_it_will_be_kept(client, cohort):
    UserFactory(email="zoe@leerlijn.example", phone="020 000 0000")
    text = "naam;e-mail;mobiel\nJo;jo@leerlijn.example;612345678\n"
    text += "Zoë;zoe@leerlijn.example;06 1111 1111\n"
    html = plain(shown(client, cohort, text))
    assert "0612345678" in html
    # The account keeps its own number, and who has a list learns no numbers of others.
    assert "06 1111 1111" not in html and "020 000 0000" not in html
    assert "Blijft zoals het is" in html


def test_people_with_one_name_are_named_with_their_addresses(client, cohort):
    there = {"participant__name": "Sara de Vries", "participant__email": "sara@leerlijn.example"}
    EnrolmentFactory(cohort=cohort, **there)
    text = "naam;e-mail\nSara de Vries;vries@leerlijn.example\nJo;jo@leerlijn.example\n"
    response = shown(client, cohort, text)
    html = plain(response)
    assert "2 mensen heten Sara de Vries. Kijk of dat klopt." in html
    assert "sara@leerlijn.example, vries@leerlijn.example" in html
    assert "heten Jo" not in html
    assert response.context["list"]


def test_a_list_that_adds_nobody_has_a_way_back_and_no_button(client, cohort):
    packed = shown(client, cohort, LIST).context["list"]
    client.post(f"/lichtingen/{cohort.pk}/importeren/", {"list": packed})
    response = shown(client, cohort, LIST)
    html = plain(response)
    assert "Er valt niets toe te voegen" in html
    assert "Ja, voeg toe" not in html
    assert f'href="/lichtingen/{cohort.pk}/"' in html
    assert response.context["list"] is None


def test_the_same_press_twice_adds_nobody_twice(client, cohort):
    packed = shown(client, cohort, LIST).context["list"]
    for _time in range(2):
        client.post(f"/lichtingen/{cohort.pk}/importeren/", {"list": packed})
    assert Enrolment.objects.filter(cohort=cohort).count() == 2


def test_a_list_with_problems_has_no_button_to_add_it(client, cohort):
    response = shown(client, cohort, f"{LIST}Jo;geen adres\n")
    assert "Regel 4:" in response.content.decode()
    assert response.context["list"] is None


def test_a_file_that_is_no_list_is_refused_beside_the_field(client, cohort):
    assert "bovenste regel" in shown(client, cohort, "zomaar wat\n").content.decode()


@pytest.mark.parametrize(
    "packed",
    ["onzin", signing.dumps("YQ==", salt="other")],
    ids=["not signed", "signed for something else"],  # a signature holds the time
)
def test_only_a_list_that_was_shown_can_be_added(client, cohort, packed):
    address = f"/lichtingen/{cohort.pk}/importeren/"
    response = client.post(address, {"list": packed}, follow=True)
    assert "Kies de lijst nog een keer" in response.content.decode()
    assert not cohort.enrolments.exists()
