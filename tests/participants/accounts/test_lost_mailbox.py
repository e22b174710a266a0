"""Who lost their mailbox is helped in by somebody who met them or called back."""

import datetime as dt
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from leerlijn.settings import CARD_GUESSES
from participants.accounts import cards, lost_mailbox
from participants.models import CardCode, EmailChange, Event, LoginCard, User
from tests.factories import CohortFactory, EnrolmentFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db

NEW = "nieuw@leerlijn.example"
PAGE = "/accounts/login/kaart/"
KNOWN = {"how": "met", "why": "Wachtwoord van de mail kwijt"}


@pytest.fixture(autouse=True)
def often(settings):
    """These tests try more often than somebody may."""
    settings.CARD_GUESSES = "1000/m/ip"


@pytest.fixture
def limits(often, settings):
    settings.CARD_GUESSES = CARD_GUESSES


@pytest.fixture
def person():
    return EnrolmentFactory().participant


@pytest.fixture
def office():
    return RoleFactory(coordinator=True).user


@pytest.fixture
def printed(person, office):
    return lost_mailbox.print_card(person, by=office, reason="Ontmoet")


@pytest.fixture
def elsewhere(person):
    """A browser where somebody is logged in as ``person``, whoever that is."""
    client = Client()
    client.force_login(person)
    assert client.get("/meer/").status_code == 200
    return client


def is_in(client):
    return client.get("/meer/").status_code == 200


def log_in(email, code, client=None):
    client = client or Client()
    client.post(PAGE, {"email": email, "code": code})
    return "_auth_user_id" in client.session


# Who may


def test_who_helps_whom():
    cohort = CohortFactory()
    of_cohort = RoleFactory(kind="coordinator", cohort=cohort).user
    of_all = RoleFactory(coordinator=True).user
    administrator = RoleFactory(administrator=True).user
    people = {
        "participant": EnrolmentFactory(cohort=cohort).participant,
        "of another cohort": EnrolmentFactory().participant,
        "trainer": RoleFactory(cohort=cohort).user,
        "both": RoleFactory(user=EnrolmentFactory(cohort=cohort).participant).user,
        "coordinator of all": RoleFactory(coordinator=True).user,
        "administrator": RoleFactory(administrator=True).user,
        "superuser": UserFactory(is_superuser=True),
        "closed": EnrolmentFactory(cohort=cohort, participant__is_active=False).participant,
    }

    def helps(user):
        found = lost_mailbox.helped_by(user)
        assert not found.contains(user)
        return {name for name, person in people.items() if found.contains(person)}

    assert helps(of_cohort) == {"participant"}
    everybody = set(people) - {"closed"}
    assert helps(of_all) == everybody - {"administrator", "superuser"}
    assert helps(administrator) == everybody
    assert helps(people["trainer"]) == helps(people["participant"]) == set()


@pytest.mark.parametrize(
    "act",
    [
        lambda user, by: lost_mailbox.set_address(user, NEW, by=by, reason="Ontmoet"),
        lambda user, by: lost_mailbox.print_card(user, by=by, reason="Ontmoet"),
        lambda user, by: lost_mailbox.end_card(user, by=by),
    ],
)
def test_who_may_not_does_not_get_further_than_the_page(act, person):
    for by in (RoleFactory().user, EnrolmentFactory().participant):
        with pytest.raises(PermissionDenied):
            act(person, by)


@pytest.mark.parametrize(
    "act",
    [
        lambda user, by: lost_mailbox.set_address(user, NEW, by=by, reason=" "),
        lambda user, by: lost_mailbox.print_card(user, by=by, reason=" "),
    ],
)
def test_without_a_reason_nothing_happens(act, person, office):
    with pytest.raises(ValidationError) as refused:
        act(person, office)
    assert refused.value.code == "no_reason"


def test_nobody_helps_themselves(office):
    client = Client()
    client.force_login(office)
    for page in ("", "adres/", "kaart/"):
        assert client.get(f"/mensen/{office.pk}/inloggen/{page}").status_code == 404
    with pytest.raises(PermissionDenied):
        lost_mailbox.set_address(office, NEW, by=office, reason="Ontmoet")


# Another address


def test_another_address_logs_in_tells_the_old_one_and_ends_every_session(
    person, office, elsewhere, mailoutbox
):
    old = person.email
    lost_mailbox.set_address(person, " Nieuw@Leerlijn.example ", by=office, reason="Ontmoet: weg")
    person.refresh_from_db()
    assert person.email == NEW
    assert not is_in(elsewhere)
    [mail] = mailoutbox
    assert mail.to == [old]
    assert NEW not in mail.body and person.first_name not in mail.body
    event = Event.objects.decisions().get(act="address_set")
    assert (event.actor, event.reason) == (office, "Ontmoet: weg")


def test_a_change_that_somebody_asked_for_meanwhile_is_over(person, office):
    asked = EmailChange.objects.create(
        user=person, email="ander@leerlijn.example", old_email=person.email
    )
    lost_mailbox.set_address(person, NEW, by=office, reason="Ontmoet")
    assert not EmailChange.objects.open().filter(pk=asked.pk).exists()


@pytest.mark.parametrize(
    ("email", "code"), [("office", "email_taken"), ("person", "same_email"), ("x", "invalid")]
)
def test_what_cannot_be_is_said_and_changes_nothing(person, office, email, code):
    taken = {"office": office.email.upper(), "person": person.email.upper()}.get(email, email)
    with pytest.raises(ValidationError) as refused:
        lost_mailbox.set_address(person, taken, by=office, reason="Ontmoet")
    assert refused.value.code == code
    assert User.objects.get(pk=person.pk).email == person.email
    assert not Event.objects.decisions().filter(act="address_set").exists()


# The card


def test_each_of_ten_codes_logs_in_once(person, printed):
    assert len(set(printed)) == 10
    assert all(re.fullmatch(r"([B-Z]{4}-){2}[B-Z]{4}", code) for code in printed)
    for code in printed:
        assert log_in(person.email, code)
    for code in printed[:4]:
        assert not log_in(person.email, code)
    assert Event.objects.decisions().filter(act="login_card_used", actor=person).count() == 10


def test_a_code_is_read_however_it_is_typed_over(person, printed):
    assert log_in(person.email.upper(), printed[0].lower().replace("-", " "))


def test_a_code_of_another_person_opens_nothing(printed):
    assert not log_in(UserFactory().email, printed[0])


def test_no_code_is_kept_as_it_is_printed(printed):
    kept = str(list(CardCode.objects.values()))
    assert not any(code in kept or code.replace("-", "") in kept for code in printed)


def test_codes_work_on_after_the_key_of_the_site_changed(person, printed, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-one-0123456789-abcdefghijklmnopqrstuvwxyz-only"
    assert log_in(person.email, printed[0])


def test_a_new_card_ends_the_one_before(person, office, printed):
    again = lost_mailbox.print_card(person, by=office, reason="Kaart kwijt")
    assert not log_in(person.email, printed[0])
    assert log_in(person.email, again[0])


def test_the_database_keeps_one_card_a_person(person, printed):
    with pytest.raises(IntegrityError, match="one_login_card|user_id"), transaction.atomic():
        LoginCard.objects.create(user=person)


@pytest.mark.parametrize("by", ["person", "office"])
def test_a_card_is_ended_by_its_owner_and_by_who_helps(person, office, printed, by):
    lost_mailbox.end_card(person, by={"person": person, "office": office}[by])
    assert not log_in(person.email, printed[0])


def test_another_address_ends_the_card(person, office, printed):
    lost_mailbox.set_address(person, NEW, by=office, reason="Ontmoet")
    assert not log_in(NEW, printed[0])


@pytest.mark.parametrize(("days", "works"), [(90, True), (91, False)])
def test_a_card_works_for_ninety_days(person, printed, time_machine, days, works):
    time_machine.move_to(dt.datetime.now(dt.UTC) + dt.timedelta(days=days), tick=False)
    assert log_in(person.email, printed[0]) is works
    assert lost_mailbox.sweep() == ("" if works else "1 cards")


def test_a_closed_account_stays_closed(person, printed):
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert not log_in(person.email, printed[0])


def test_a_card_ends_every_session_and_the_owner_hears_of_it(person, office, elsewhere, mailoutbox):
    lost_mailbox.print_card(person, by=office, reason="Ontmoet")
    assert not is_in(elsewhere)
    [mail] = mailoutbox
    assert mail.to == [person.email] and person.first_name not in mail.body


def test_for_who_has_a_role_a_code_is_no_second_factor():
    trainer, client = RoleFactory().user, Client()
    office = RoleFactory(administrator=True).user
    (code, *_more) = lost_mailbox.print_card(trainer, by=office, reason="Ontmoet")
    assert log_in(trainer.email, code, client)
    assert client.get("/wacht/").status_code == 302
    refused = client.get("/api/v1/me/")
    assert refused.status_code == 403
    assert refused.json()["code"] == "second_factor_needed"


def test_cards_are_guessed_at_a_few_times(limits, person, printed):
    for _ in range(5):
        assert not log_in(person.email, "BCDF-GHJK-LMNP")
    assert not log_in(person.email, printed[0])
    assert CardCode.objects.filter(used_at=None).count() == cards.CODES


def test_the_answer_is_the_same_for_who_is_not_known(person, printed):
    answers = set()
    for email in (person.email, "x" * (len(person.email) - 16) + "@leerlijn.example"):
        page = Client().post(PAGE, {"email": email, "code": "BCDF-GHJK-LMNP"})
        text = re.sub(r'value="[^"]*"|nonce="[^"]+"', "", page.content.decode())
        answers.add((page.status_code, text))
    assert len(answers) == 1


# The pages


@pytest.fixture
def client(office):
    client = Client()
    client.force_login(office)
    return client


def test_the_card_is_shown_once(client, person):
    page = client.post(f"/mensen/{person.pk}/inloggen/kaart/", KNOWN)
    assert "no-store" in page["Cache-Control"]
    codes = re.findall(r"<code>([A-Z-]{14})</code>", page.content.decode())
    assert len(codes) == 10
    assert person.email not in page.content.decode()  # who finds it lacks the other half
    assert log_in(person.email, codes[0])
    about = client.get(f"/mensen/{person.pk}/inloggen/").content.decode()
    assert "nog" in about and "9 codes" in about and codes[1] not in about


def test_the_page_asks_how_you_know(client, person):
    page = client.post(f"/mensen/{person.pk}/inloggen/adres/", {"email": NEW}).content.decode()
    assert "Kies hoe je weet wie je sprak" in page
    assert User.objects.get(pk=person.pk).email == person.email
    done = client.post(f"/mensen/{person.pk}/inloggen/adres/", KNOWN | {"email": NEW})
    assert done.status_code == 302
    assert User.objects.get(pk=person.pk).email == NEW
    reason = Event.objects.decisions().get(act="address_set").reason
    assert reason == "We ontmoetten elkaar: Wachtwoord van de mail kwijt"


def test_the_page_ends_a_card(client, person, printed):
    client.post(f"/mensen/{person.pk}/inloggen/kaart/intrekken/")
    assert not LoginCard.objects.working().exists()


def test_the_owner_sees_the_card_among_their_settings_and_ends_it(person, printed):
    client = Client()
    client.force_login(person)
    assert "nog 10 codes" in client.get("/mijn-gegevens/instellingen/").content.decode()
    client.post("/mijn-gegevens/instellingen/kaart/")
    assert not LoginCard.objects.working().exists()
    assert "Je kaart met codes" not in client.get("/mijn-gegevens/instellingen/").content.decode()


def test_people_are_found_by_name_and_staff_at_once(client, person, django_assert_max_num_queries):
    colleague = RoleFactory().user
    page = client.get("/mensen/inloggen/").content.decode()
    assert colleague.email in page and person.email not in page
    page = client.get("/mensen/inloggen/", {"zoek": person.name}).content.decode()
    assert person.email in page and colleague.email not in page
