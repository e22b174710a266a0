"""Files that go with hours: never needed, of their owner, and gone when they take them away."""

from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from rest_framework.test import APIClient

from participants.hours import actions, proofs
from participants.hours.proofs import MOST_PROOFS, HourProof
from participants.models import HourEntry, StoredFile
from tests.factories import EnrolmentFactory, HourEntryFactory, RoleFactory
from tests.participants.hours.scene import NOON, TODAY, attached, by_slip, photo, refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def entry(client):
    entry = HourEntryFactory()
    client.force_login(entry.enrolment.participant)
    return entry


def filled(**facts):
    known = {"kind": "work", "day": TODAY.isoformat(), "quick": "60", "description": "Spreekuur"}
    return known | facts


def bytes_of(response):
    return b"".join(response.streaming_content)


def add(client, entry, **sent):
    return client.post(reverse("hours:add-proof", args=[entry.pk]), sent, follow=True)


def test_a_photo_goes_along_with_new_hours(client, entry):
    client.post("/uren/nieuw/", filled(proof=photo()))
    made = HourEntry.objects.exclude(pk=entry.pk).get()
    assert [(proof.kind, proof.file.name) for proof in made.proofs.all()] == [
        ("proof", "rooster.jpg")
    ]


def test_hours_need_no_proof(client, entry):
    client.post("/uren/nieuw/", filled())
    assert HourEntry.objects.count() == 2
    assert not HourProof.objects.exists()


def test_a_file_that_we_do_not_take_is_said_at_its_field_and_nothing_is_sent_twice(client, entry):
    broken = photo()
    broken.file.seek(0)
    broken.file.write(b"geen foto")
    page = client.post("/uren/nieuw/", filled(proof=broken)).content.decode()
    assert 'href="#id_proof"' in page and "Spreekuur" in page
    assert HourEntry.objects.count() == 1
    assert not StoredFile.objects.exists()


def test_the_same_send_again_hangs_the_file_on_it_once(client, entry):
    sent = {"client_id": "2f1b6c1e-8f0a-4d5e-9a55-1d2c3b4a5f60"}
    for _time in range(2):
        client.post("/uren/nieuw/", filled(**sent, proof=photo()))
    assert HourProof.objects.count() == StoredFile.objects.count() == 1


def test_several_photos_become_one_file(client, entry):
    add(client, entry, proof=[photo("een.jpg"), photo("twee.jpg")])
    assert [proof.file.kind for proof in entry.proofs.all()] == ["pdf"]


def test_it_is_added_on_the_page_of_the_entry_and_taken_away_with_its_bytes(
    client, entry, settings, django_capture_on_commit_callbacks
):
    assert "rooster.jpg" in add(client, entry, proof=photo()).content.decode()
    proof = entry.proofs.get()
    path = Path(settings.MEDIA_ROOT) / proof.file.path
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(reverse("hours:remove-proof", args=[proof.pk]), follow=True)
    assert "Het bestand is weg." in page.content.decode()
    assert not path.exists() and not StoredFile.objects.exists()


def test_nothing_chosen_is_said_kindly(client, entry):
    assert "Kies een bestand" in add(client, entry).content.decode()


def test_a_change_of_the_proof_asks_the_reviewer_to_look_again(entry, noon):
    reviewer = RoleFactory(cohort=entry.enrolment.cohort).user
    noon.shift(60)
    attached(entry)
    with refused("changed"):
        actions.approve(entry, by=reviewer, seen=entry.changed_at)


@pytest.mark.parametrize("state", ["approved", "withdrawn"])
def test_hours_that_are_settled_keep_their_proof_as_it_is(entry, state):
    proof = attached(entry)
    HourEntry.objects.filter(pk=entry.pk).update(
        status=state, reviewed_by=RoleFactory().user, reviewed_at=entry.submitted_at
    )
    with refused("not_editable"):
        proofs.detach(proof, by=entry.enrolment.participant)
    with refused("not_editable"):
        attached(entry)


def test_an_entry_takes_five_files_and_no_sixth(entry):
    for number in range(MOST_PROOFS):
        attached(entry, f"foto-{number}.jpg")
    with refused("too_many_proofs"):
        attached(entry)
    assert StoredFile.objects.count() == MOST_PROOFS


def test_who_reviews_sees_it_and_saves_it(client, entry):
    proof = attached(entry)
    client.force_login(RoleFactory(cohort=entry.enrolment.cohort).user)
    address = reverse("hours:proof", args=[proof.pk])
    assert address in client.get("/nakijken/").content.decode()
    answer = client.get(address)
    assert answer["Content-Disposition"] == 'attachment; filename="rooster.jpg"'
    assert bytes_of(answer).startswith(b"\xff\xd8")


def test_of_a_draft_nobody_else_sees_it(client, entry):
    draft = HourEntryFactory(enrolment=entry.enrolment, draft=True)
    proof = attached(draft)
    client.force_login(RoleFactory(cohort=entry.enrolment.cohort).user)
    assert client.get(reverse("hours:proof", args=[proof.pk])).status_code == 404


def test_only_the_owner_adds_and_takes_away(entry):
    proof = attached(entry)
    for somebody in (
        RoleFactory(cohort=entry.enrolment.cohort).user,
        EnrolmentFactory(cohort=entry.enrolment.cohort).participant,
    ):
        with pytest.raises(PermissionDenied):
            proofs.detach(proof, by=somebody)


def test_a_signed_paper_is_not_the_owners_to_take_away(entry):
    by_slip([entry], RoleFactory(cohort=entry.enrolment.cohort).user)
    with pytest.raises(PermissionDenied):
        proofs.detach(entry.proofs.get(), by=entry.enrolment.participant)


@pytest.mark.parametrize(
    "broken, constraint",
    [
        ({}, "a_file_hangs_once_on_an_entry|UNIQUE constraint failed"),
        ({"kind": "other"}, "proof_is_own_or_a_slip"),
    ],
)
def test_the_database_refuses_what_cannot_be(entry, broken, constraint):
    proof = attached(entry)
    other = {"entry": entry} if not broken else {"entry": HourEntryFactory()}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        HourProof.objects.create(file=proof.file, added_by=proof.added_by, **other | broken)


# The API


@pytest.fixture
def api(entry):
    api = APIClient()
    api.force_authenticate(entry.enrolment.participant)
    return api


def test_the_api_adds_lists_gives_and_takes_away(api, entry):
    address = reverse("api:hours-proofs", args=[entry.pk])
    made = api.post(address, {"file": photo()}, format="multipart")
    assert made.status_code == 201
    (listed,) = api.get(address).json()
    assert listed == made.json()
    assert listed.items() >= {"kind": "proof", "name": "rooster.jpg"}.items()
    one = reverse("api:hours-proof", args=[entry.pk, listed["id"]])
    assert bytes_of(api.get(one)).startswith(b"\xff\xd8")
    assert api.delete(one).status_code == 204
    assert api.get(address).json() == []


def test_the_api_refuses_what_the_page_refuses(api, entry):
    address = reverse("api:hours-proofs", args=[entry.pk])
    assert api.post(address, {}, format="multipart").status_code == 400
    empty = photo()
    empty.file.truncate(0)
    answer = api.post(address, {"file": empty}, format="multipart")
    assert (answer.status_code, answer.json()["code"]) == (400, "empty_file")


def test_the_api_knows_no_proof_under_another_entry(api, entry):
    proof = attached(entry)
    other = HourEntryFactory(enrolment=entry.enrolment)
    assert api.get(reverse("api:hours-proof", args=[other.pk, proof.pk])).status_code == 404
