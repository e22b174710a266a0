"""What the holder sees and chooses, and the name before it is printed."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from certificates import actions, holding
from certificates.models import Certificate, CertificateLookup
from participants.models import Enrolment, Event
from tests.factories import EnrolmentFactory, ready_enrolment
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate():
    return CertificateFactory(name="Marisol Martina")


@pytest.fixture
def holder(client, certificate):
    client.force_login(certificate.enrolment.participant)
    return client


def flat(response):
    return " ".join(response.content.decode().split())


def test_the_link_can_be_shared_and_stands_there_without_script(holder, certificate):
    page = flat(holder.get("/certificaat/"))
    assert f'href="{certificate.check_url}"' in page
    assert page.count(f'data-share="{certificate.check_url}"') == 2


@pytest.mark.parametrize(
    ("looks", "said"),
    [([], "Nog niemand bekeek"), ([1], "1 keer bekeken"), ([2, 3], "5 keer bekeken")],
)
def test_the_holder_sees_how_often_it_was_looked_up(holder, certificate, looks, said):
    for place, count in enumerate(looks, start=1):
        CertificateLookup.objects.create(
            certificate=certificate, day=f"2027-07-{place:02}", count=count
        )
    assert said in flat(holder.get("/certificaat/"))


def test_both_choices_are_shown_before_one_is_made(holder):
    page = flat(holder.get("/certificaat/"))
    short, full = page.split("Bekijk het voorbeeld")[1:]
    assert "Periode" not in short.split("</details>")[0]
    assert "Periode" in full and "Voorwaarden" in full


@pytest.mark.parametrize(("shown", "said"), [("short", "alleen je naam"), ("full", "je uren")])
def test_the_holder_chooses_what_the_check_page_tells(holder, certificate, shown, said):
    address = f"/certificaat/{certificate.number}/laat-zien/"
    page = flat(holder.post(address, {"shown": shown}, follow=True))
    assert said in page
    assert Certificate.objects.get().shown == shown
    event = Event.objects.decisions().get()
    assert (event.act, event.actor) == (f"check_page_{shown}", certificate.enrolment.participant)


def test_anything_else_is_refused_with_a_sentence(holder, certificate):
    address = f"/certificaat/{certificate.number}/laat-zien/"
    assert "Kies kort of uitgebreid" in flat(holder.post(address, {"shown": "x"}, follow=True))
    with pytest.raises(ValidationError) as refused:
        holding.show(certificate, "x", by=certificate.enrolment.participant)
    assert refused.value.code == "unknown_choice"


def test_only_the_holder_chooses(certificate, coordinator):
    with pytest.raises(PermissionDenied):
        holding.show(certificate, "full", by=coordinator)
    assert not Event.objects.decisions().exists()


def test_what_ended_leaves_nothing_to_choose(coordinator):
    revoked = CertificateFactory(revoked=True)
    with pytest.raises(ValidationError) as refused:
        holding.show(revoked, "short", by=revoked.enrolment.participant)
    assert refused.value.code == "already_ended"


def test_a_corrected_certificate_keeps_the_choice_of_its_holder(certificate, coordinator):
    holding.show(certificate, "short", by=certificate.enrolment.participant)
    new = actions.correct(certificate, by=coordinator, name="Marisol M. Martina")
    assert new.shown == "short"


def test_the_choice_is_of_the_life_of_a_certificate_and_its_facts_are_not(certificate):
    Certificate.objects.update(shown="short")
    with pytest.raises(TypeError):
        Certificate.objects.update(name="Iemand Anders")


def test_a_revoked_certificate_is_told_kindly_and_without_the_reason(client, coordinator):
    certificate = CertificateFactory(
        revoked=True,
        end_reason="Kanarie",
        enrolment__cohort__contact_name="Ellen Brouwer",
        enrolment__cohort__contact_phone="06 0000 0000",
    )
    client.force_login(certificate.enrolment.participant)
    page = flat(client.get("/certificaat/"))
    assert "blijven gewoon staan" in page
    assert 'href="tel:0600000000"' in page
    assert "Kanarie" not in page
    assert "Wat laat je zien?" not in page


def test_a_replaced_certificate_points_at_the_new_one(holder, certificate, coordinator):
    new = actions.correct(certificate, by=coordinator, name="Marisol M. Martina")
    page = flat(holder.get("/certificaat/"))
    assert f"certificaat: {new.number}" in page
    assert page.count("Wat laat je zien?") == 1


# The name, before it is printed


def test_the_whole_paper_can_be_seen_with_the_name_that_was_typed(client):
    enrolment = ready_enrolment(without=["interview"])
    client.force_login(enrolment.participant)
    response = client.post(f"/certificaat/voorbeeld/{enrolment.pk}/", {"name": "Marisol M."})
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    assert response.content.startswith(b"%PDF-")
    assert not Certificate.objects.exists() and not Event.objects.decisions().exists()
    assert Enrolment.objects.get().name_confirmed_at is None


def test_a_preview_is_no_certificate(client, monkeypatch):
    drawn = []
    monkeypatch.setattr(
        "certificates.documents.preview", lambda facts, **_: drawn.append(facts) or b""
    )
    enrolment = EnrolmentFactory()
    client.force_login(enrolment.participant)
    client.post(f"/certificaat/voorbeeld/{enrolment.pk}/", {"name": "Marisol M."})
    assert drawn[0]["name"] == "Marisol M."
    assert (drawn[0]["number"], set(drawn[0]["hand_code"])) == ("LL-0000-0000", {"X"})


def test_a_name_that_cannot_be_printed_is_told_where_it_is_typed(client):
    enrolment = EnrolmentFactory()
    client.force_login(enrolment.participant)
    answer = client.post(
        f"/certificaat/voorbeeld/{enrolment.pk}/", {"name": "Noor 漢"}, follow=True
    )
    assert "een teken dat we niet kunnen drukken" in flat(answer)


def test_looking_at_a_name_confirms_nothing(client):
    enrolment = EnrolmentFactory()
    client.force_login(enrolment.participant)
    page = flat(client.post(f"/naam/{enrolment.pk}/", {"name": "Marisol M.", "kijk": "ja"}))
    assert '<p class="ll-paper__name" id="naam-op-papier">Marisol M.</p>' in page
    assert Enrolment.objects.get().name_confirmed_at is None
    client.post(f"/naam/{enrolment.pk}/", {"name": "Marisol M."})
    assert Enrolment.objects.get().certificate_name == "Marisol M."
