"""A plan to take along."""

import datetime as dt

import pypdfium2

from participants.plans import actions, on_paper
from tests.participants.plans.scene import GOP, POP, at, upload
from tests.pdfa import faults


def words(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [each.get_textpage().get_text_bounded() for each in document]
    return " ".join(" ".join(pages).split())


def test_a_pop_on_paper_has_its_parts_and_goals_and_keeps_both_standards(world, pop):
    facts = {"what": "Nee zeggen", "actions": "Elke week", "until": dt.date(2027, 3, 1)}
    actions.add_goal(pop, by=world.participant, **facts)
    pdf = on_paper.pdf(actions.share(pop, by=world.participant))
    text = words(pdf)
    assert "Persoonlijk ontwikkelingsplan (POP) van Noor Bakker" in text
    for said in (*POP.values(), "Leerdoel 1", "Nee zeggen", "Klaar op: 1 maart 2027", "Versie 2"):
        assert said in text
    assert faults(pdf) == []


def test_a_draft_is_called_so_and_has_the_goals_of_now(world):
    plan = actions.plan_for(world.enrolment, by=world.participant)
    actions.add_goal(plan, by=world.participant, what="Nee zeggen")
    text = words(on_paper.pdf(plan.versions.get()))
    assert "Concept van" in text and "Nee zeggen" in text


def test_the_owner_saves_a_version_as_a_pdf_and_an_upload_as_itself(client, world, pop, gop):
    client.force_login(world.participant)
    response = client.get(at("pdf", world.version.pk))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="POP-versie-1.pdf"'
    assert "no-store" in response["Cache-Control"]
    group = client.get(at("pdf", gop.versions.get().pk))
    assert GOP["doel"] in words(group.content)
    api = client.get(f"/api/v1/plans/{pop.pk}/versions/1/pdf/")
    assert api.content == response.content
    filed = actions.add_version(pop, by=world.participant, upload=upload())
    assert client.get(at("pdf", filed.pk)).url == at("file", filed.pk)
    assert client.get(f"/api/v1/plans/{pop.pk}/versions/2/pdf/").status_code == 404
