"""What stands in a reminder may be put otherwise, with a fixed list of what we fill in."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from participants.messages import texts
from participants.messages.points import POINTS
from participants.models import ReminderText
from tests.factories import ReminderTextFactory, UserFactory
from tests.participants.messages.scene import cohort_with_contact, staff

pytestmark = pytest.mark.django_db
FACTS = {"voornaam": "Noor", "lichting": "Lichting 1", "contactpersoon": "", "telefoon": ""}


@pytest.fixture
def cohort():
    return cohort_with_contact()


@pytest.fixture
def coordinator(cohort):
    return staff(cohort)


def code(act, *args, **facts):
    with pytest.raises(ValidationError) as refusal:
        act(*args, **facts)
    return refusal.value.code


def test_every_point_has_a_sentence():
    assert {point.key for point in POINTS} < set(texts.PIECE)


def test_a_coordinator_writes_another_text_and_takes_the_standard_one_back(cohort, coordinator):
    texts.rewrite(cohort, "quiet", "Dag {voornaam}, wat deed je?", by=coordinator)
    written = texts.of_cohort(cohort)["quiet"]
    assert (written.text, written.is_standard) == ("Dag {voornaam}, wat deed je?", False)
    assert texts.of_cohort(cohort_with_contact())["quiet"].is_standard
    texts.restore(cohort, "quiet", by=coordinator)
    assert texts.of_cohort(cohort)["quiet"].is_standard
    assert not ReminderText.objects.exists()


@pytest.mark.parametrize(
    ("key", "text", "refusal"),
    [
        ("quiet", "  ", "empty"),
        ("quiet", "a" * 601, "too_long"),
        ("quiet", "Eén\ntwee", "one_line"),
        ("quiet", "Dag {achternaam}", "unknown_placeholder"),
        ("quiet", "Dag {voornaam", "unknown_placeholder"),
        ("quiet", "Dag voornaam}", "unknown_placeholder"),
        ("quiet", "Dag {}", "unknown_placeholder"),
        ("subject", "Dag {voornaam}", "no_placeholders"),
    ],
)
def test_what_cannot_be_filled_in_is_refused(cohort, coordinator, key, text, refusal):
    assert code(texts.rewrite, cohort, key, text, by=coordinator) == refusal
    assert not ReminderText.objects.exists()


def test_a_text_of_600_characters_fits(cohort, coordinator):
    texts.rewrite(cohort, "quiet", "a" * 600, by=coordinator)
    assert texts.of_cohort(cohort)["quiet"].text == "a" * 600


def test_the_refusal_names_what_is_unknown_and_what_may_stand_there(cohort, coordinator):
    with pytest.raises(ValidationError, match="{achternaam}.*{voornaam}"):
        texts.rewrite(cohort, "quiet", "Dag {achternaam}", by=coordinator)


def test_a_line_about_what_we_do_not_know_is_left_out():
    text = "Dag {voornaam},\nBel {contactpersoon}: {telefoon}.\nTot gauw."
    assert texts.filled_in(text, FACTS) == "Dag Noor,\nTot gauw."


def test_a_name_with_braces_is_filled_in_as_it_is():
    assert texts.filled_in("Dag {voornaam}", {"voornaam": "{telefoon}"}) == "Dag {telefoon}"


@pytest.mark.parametrize("kind", ["trainer", "assessor"])
def test_only_coordinators_change_texts(cohort, kind):
    with pytest.raises(PermissionDenied):
        texts.rewrite(cohort, "quiet", "Anders", by=staff(cohort, kind))


def test_the_page_shows_a_text_before_it_is_kept(client, cohort, coordinator):
    client.force_login(coordinator)
    address = f"/lichtingen/{cohort.pk}/herinneringen/quiet/"
    page = client.post(address, {"text": "Bel {contactpersoon}", "step": "show"})
    assert "Bel Karima Zahir" in page.content.decode()
    assert not ReminderText.objects.exists()
    page = client.post(address, {"text": "Dag {achternaam}", "step": "show"})
    assert "kennen we niet" in page.content.decode()
    assert client.post(address, {"text": "Bel {contactpersoon}"}).status_code == 302
    assert "Eigen tekst" in client.get(f"/lichtingen/{cohort.pk}/herinneringen/").content.decode()
    assert client.get(f"/lichtingen/{cohort.pk}/herinneringen/onbekend/").status_code == 404


def test_the_database_holds_one_text_a_piece_and_no_empty_one(cohort):
    ReminderTextFactory(cohort=cohort)
    for facts, name in [({}, "cohort_id"), ({"key": "plan", "text": ""}, "says_something")]:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            ReminderTextFactory(cohort=cohort, changed_by=UserFactory(), **facts)
