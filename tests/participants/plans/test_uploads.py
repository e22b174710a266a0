"""What somebody sends as a plan and we do not take: one sentence, and nothing left behind."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from participants.files.refusals import LARGEST_BYTES, SENTENCES
from participants.models import DevelopmentPlan, PlanVersion, StoredFile
from participants.plans import actions
from tests.participants.files import corpus
from tests.participants.plans.scene import nothing_is_left, upload

BAD = {
    "empty_file": lambda: b"",
    "too_large": lambda: b"%PDF-" + bytes(LARGEST_BYTES),
    "unknown_kind": lambda: b"MZ\x90\x00 no pdf at all",
    "too_much_inside": corpus.with_lying_size,
}
GOOD = {"pdf": corpus.pdf, "docx": corpus.docx, "odt": corpus.odt, "jpg": corpus.photo}


def upload_page(world, kind="pop"):
    return reverse("plans:upload", kwargs={"kind": kind, "enrolment": world.enrolment.pk})


@pytest.mark.parametrize("kind", ["pop", "gop"])
@pytest.mark.parametrize("code", BAD)
def test_the_page_refuses_with_a_sentence_at_the_field(client, world, settings, code, kind):
    client.force_login(world.participant)
    response = client.post(upload_page(world, kind), {"file": upload(BAD[code]()), "share": "yes"})
    text = " ".join(response.content.decode().split()).replace('" >', '">')
    link = f'href="#{kind}-{world.enrolment.pk}-file">{escape(SENTENCES[code])}<'
    assert response.status_code == 200
    assert link in text
    assert nothing_is_left(settings)


def test_the_page_says_what_to_choose_when_nothing_was(client, world, settings):
    client.force_login(world.participant)
    response = client.post(upload_page(world), {"share": "yes"})
    assert "Kies een bestand: een PDF" in response.content.decode()
    assert nothing_is_left(settings)


@pytest.mark.parametrize("code", BAD)
def test_the_api_refuses_with_a_code_and_a_sentence(client, world, settings, code):
    plan = actions.plan_for(world.enrolment, by=world.participant)
    client.force_login(world.participant)
    response = client.post(f"/api/v1/plans/{plan.pk}/versions/", {"file": upload(BAD[code]())})
    assert response.status_code == 400
    assert response.json() == {"code": code, "detail": SENTENCES[code]}
    assert not PlanVersion.objects.exists() and not StoredFile.objects.exists()
    plan.delete()
    assert nothing_is_left(settings)


@pytest.mark.parametrize("kind", GOOD)
def test_what_people_have_is_taken_by_the_page_and_comes_back_byte_by_byte(client, world, kind):
    content = GOOD[kind]()
    client.force_login(world.participant)
    client.post(upload_page(world), {"file": upload(content, f"Mijn POP.{kind}")})
    version = PlanVersion.objects.get()
    response = client.get(reverse("plans:file", args=[version.pk]))
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    served = b"".join(response.streaming_content)
    assert served == content or kind == "jpg"  # photos are drawn anew, without EXIF
    assert version.file.name.startswith("Mijn POP.")


def test_the_api_takes_a_file_and_serves_it(client, world):
    plan = actions.plan_for(world.enrolment, by=world.participant)
    client.force_login(world.participant)
    address = f"/api/v1/plans/{plan.pk}/versions/"
    response = client.post(address, {"file": upload(name="POP van Noor.pdf")})
    assert response.status_code == 201
    facts = {"number": 1, "author": "Noor Bakker", "shared": False, "file": "POP van Noor.pdf"}
    assert response.json().items() >= {**facts, "sections": None}.items()
    assert b"".join(client.get(f"{address}1/file/").streaming_content) == corpus.pdf()


def test_a_file_that_waits_for_its_scan_is_not_served(client, world):
    plan = actions.plan_of(world.enrolment)
    version = actions.add_version(plan, by=world.participant, upload=upload())
    StoredFile.objects.update(scan="waiting")
    client.force_login(world.participant)
    page = client.get(reverse("plans:file", args=[version.pk]), follow=True)
    assert "controleren dit bestand nog op virussen" in page.content.decode()
    response = client.get(f"/api/v1/plans/{version.plan_id}/versions/1/file/")
    assert (response.status_code, response.json()["code"]) == (400, "awaiting_scan")


def test_a_file_with_a_virus_is_not_shared_through_any_door(client, world):
    plan = actions.plan_of(world.enrolment)
    version = actions.add_version(plan, by=world.participant, upload=upload())
    StoredFile.objects.update(scan="infected")
    client.force_login(world.participant)
    page = client.get(reverse("plans:mine"))
    assert "zat een virus" in page.content.decode()
    page = client.post(reverse("plans:share", args=[version.plan_id]), follow=True)
    assert "Voeg een schone versie toe" in page.content.decode()
    response = client.post(f"/api/v1/plans/{version.plan_id}/share/")
    assert (response.status_code, response.json()["code"]) == (400, "infected")
    assert not PlanVersion.objects.filter(pk=version.pk).shared().exists()


def test_a_version_on_screen_has_no_file(client, world, pop):
    client.force_login(world.participant)
    assert client.get(reverse("plans:file", args=[world.version.pk])).status_code == 404
    assert client.get(f"/api/v1/plans/{pop.pk}/versions/1/file/").status_code == 404
    assert client.get(f"/api/v1/plans/{pop.pk}/versions/9/file/").status_code == 404


def test_nothing_is_left_when_the_database_refuses_after_the_file_was_kept(
    world, settings, monkeypatch
):
    def broken(*args, **facts):
        raise RuntimeError("no room")

    monkeypatch.setattr("participants.plans.drafts.decided", broken)
    with pytest.raises(RuntimeError):
        actions.add_version(
            actions.plan_of(world.enrolment), by=world.participant, upload=upload(), share=True
        )
    assert not DevelopmentPlan.objects.exists()
    assert nothing_is_left(settings)
