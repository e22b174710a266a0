"""The GOP, written by several people: a section at a time, and nobody's words get lost."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from participants.models import Endorsement
from participants.plans import actions
from tests.participants.plans.scene import GOP, at, page, sent, upload


def refused(act, *args, **facts):
    with pytest.raises(ValidationError) as refusal:
        act(*args, **facts)
    return refusal.value.code


def test_two_people_in_two_sections_never_collide(world, gop):
    facts = {"by": world.participant, "based_on": 1}
    actions.write_section(gop, "doel", "Samen", **facts)
    version = actions.write_section(gop, "rollen", "Om de beurt", by=world.member, based_on=1)
    assert version.sections == {"doel": "Samen", "rollen": "Om de beurt"}
    assert (version.number, version.author, version.is_shared) == (3, world.member, True)


def test_of_two_in_one_section_the_second_is_told_and_nothing_is_overwritten(world, gop):
    actions.write_section(gop, "doel", "Van Noor", by=world.participant, based_on=1)
    second = {"by": world.member, "based_on": 1}
    assert refused(actions.write_section, gop, "doel", "Van Sami", **second) == "changed"
    assert gop.versions.latest().sections == {"doel": "Van Noor"}
    merged = actions.write_section(gop, "doel", "Van beiden", by=world.member, based_on=2)
    assert merged.sections == {"doel": "Van beiden"}


def test_the_same_words_make_no_version(world, gop):
    same = {"by": world.member, "based_on": 1}
    assert refused(actions.write_section, gop, "doel", GOP["doel"], **same) == "nothing_changed"


def test_a_section_begins_a_plan_and_may_be_emptied_but_not_the_last_one(world):
    plan = actions.plan_of(world.cohort)
    facts = {"by": world.member, "based_on": 0}
    version = actions.write_section(plan, "doel", "Samen", **facts)
    act = actions.write_section, version.plan, "doel", " "
    assert refused(*act, by=world.member, based_on=1) == "nothing_written"
    actions.write_section(version.plan, "rollen", "Iedereen", by=world.member)
    assert actions.write_section(*act[1:], by=world.member).sections == {"rollen": "Iedereen"}


def test_after_a_file_one_goes_on_from_what_was_written(world, gop):
    actions.add_version(gop, by=world.member, upload=upload())
    version = actions.write_section(gop, "rollen", "Iedereen", by=world.member, based_on=2)
    assert version.sections == {**GOP, "rollen": "Iedereen"}


def test_what_cannot_be_written_is_refused(world, gop, pop):
    by = {"by": world.member}
    assert refused(actions.write_section, gop, "diagnose", "x", **by) == "unknown_section"
    assert refused(actions.write_section, gop, "doel", "x" * 10_001, **by) == "section_too_long"
    mine = {"by": world.participant}
    assert refused(actions.write_section, pop, "goed", "x", **mine) == "personal_plan"
    for somebody in (world.trainer, world.coordinator, world.assessor):
        with pytest.raises(PermissionDenied):
            actions.write_section(gop, "doel", "Anders", by=somebody)
    actions.complete(gop, by=world.trainer)
    assert refused(actions.write_section, gop, "doel", "Anders", **by) == "is_complete"


def section(world, name="doel"):
    return world.enrolment.pk, name


def test_the_page_of_the_group_leads_to_each_section(client, world, gop):
    text = page(client, world.participant, "write", "gop", world.enrolment.pk)
    assert GOP["doel"] in text and text.count("Nog leeg.") == 8
    assert at("section", *section(world, "afspraken")) in text


def test_the_page_shows_both_texts_to_who_was_second(client, world, gop):
    actions.write_section(gop, "doel", "Doel van Sami", by=world.member)
    facts = {"based_on": 1, "text": "Doel van Noor"}
    text = sent(client, world.participant, "section", *section(world), **facts)
    assert "Iemand anders was je net voor" in text and "Dit schreef Sami Visser" in text
    assert "Doel van Noor" in text and "Doel van Sami" in text
    assert 'name="based_on" value="2"' in text
    sent(client, world.participant, "section", *section(world), based_on=2, text="Beide")
    assert gop.versions.latest().sections == {"doel": "Beide"}


def test_the_list_of_versions_names_author_and_what_changed(client, world, gop):
    actions.write_section(gop, "rollen", "Om de beurt", by=world.member)
    text = page(client, world.participant)
    assert "Sami Visser" in text and "Veranderd: Wie doet wat?" in text
    latest = gop.versions.latest()
    text = page(client, world.participant, "version", latest.pk)
    assert ">Nieuw</span>" in text and "Om de beurt" in text


def test_who_stands_behind_the_plan_is_a_figure_and_never_a_name(client, world, complete_gop):
    # Written by Noor; Sami endorses and reads along.
    actions.endorse(complete_gop, by=world.participant)
    Endorsement.objects.update(recorded_by=world.trainer, on_paper=True)
    name, pk = world.member.name, complete_gop.pk
    actions.endorse(complete_gop, by=world.member)
    client.force_login(world.participant)
    api = [f"/api/v1/plans/{pk}/", "/api/v1/plans/"]
    pages = [at("mine"), at("list"), at("version", complete_gop.completed_version_id)]
    for address in (
        api + pages + [at("unendorse", pk), at("pdf", complete_gop.completed_version_id)]
    ):
        response = client.get(address)
        assert response.status_code == 200
        assert name.encode() not in response.content, address
    for method, path in [("delete", "endorse"), ("post", "endorse")]:
        answer = getattr(client, method)(f"/api/v1/plans/{pk}/{path}/")
        assert answer.status_code == 200 and name.encode() not in answer.content
    assert "<b>2 van 2</b>" in page(client, world.participant)
    for address in (f"/api/v1/plans/{pk}/endorse-on-paper/", at("paper", pk)):
        assert client.get(address).status_code in (403, 405)


def test_who_left_does_not_block(client, world, complete_gop):
    actions.endorse(complete_gop, by=world.participant)
    world.member_enrolment.status = "stopped"
    world.member_enrolment.save()
    assert "<b>1 van 1</b>" in page(client, world.participant)
