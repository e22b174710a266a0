"""The pages of who writes; see also test_pages."""

import pytest
import time_machine

from participants.models import Endorsement, Feedback, PlanVersion
from participants.plans import actions
from tests.factories import EnrolmentFactory, RoleFactory, UserFactory
from tests.participants.plans.scene import GOP, POP, at, group, of, page, queries, sent, upload


def test_both_plans_are_written_out_and_say_what_to_do(client, world):
    text = page(client, world.participant)
    assert "POP: persoonlijk ontwikkelingsplan" in text
    assert "GOP: groepsontwikkelingsplan" in text
    assert "Kies een bestand of een foto van papier" in text
    assert "Iedereen mag de eerste versie neerzetten" in text
    assert text.count("Nog niet begonnen") == 2
    assert not PlanVersion.objects.exists()


def test_a_draft_is_shared_with_one_press(client, world):
    plan = actions.plan_of(world.enrolment)
    version = actions.add_version(plan, by=world.participant, sections=POP)
    assert "Deel met je trainer" in page(client, world.participant)
    share = client, world.participant, "share", version.plan_id
    text = sent(*share)
    assert "Versie 1 van je plan is gedeeld" in text
    assert "Deel met je trainer" not in text
    assert "Deze versie was al gedeeld" in sent(*share)


def test_a_plan_that_nobody_read_is_taken_back_with_one_press(client, world, pop):
    assert "Deel toch nog niet" in page(client, world.participant)
    text = sent(client, world.participant, "unshare", pop.pk)
    assert "Je plan is weer alleen van jou" in text and "Alleen jij ziet dit" in text
    actions.share(pop, by=world.participant)
    page(client, world.trainer, "detail", pop.pk)
    assert "Deel toch nog niet" not in page(client, world.participant)
    text = sent(client, world.participant, "unshare", pop.pk)
    assert "Je trainer heeft deze versie al gelezen" in text


def test_who_of_staff_read_the_plan_stands_on_the_page_with_role_and_day(client, world, pop):
    assert "Nog niemand heeft je plan gelezen" in page(client, world.participant)
    with time_machine.travel("2025-03-04T12:00:00+01:00", tick=False):
        page(client, world.trainer, "detail", pop.pk)
    text = page(client, world.participant)
    assert "Wie heeft dit gelezen?" in text
    assert "<b>Ellen Brouwer</b>, trainer<br>" in text
    assert "Het laatst op 4 maart 2025, versie 1" in text


def test_a_draft_beside_a_shared_version_does_not_say_that_nobody_reads_along(client, world, pop):
    actions.add_version(pop, by=world.participant, sections=POP | {"rol": "Ik denk mee."})
    text = page(client, world.participant)
    assert "Je trainer leest wat je deelde. Je concept ziet alleen jij." in text
    assert ">Gedeeld</span>" in text and ">Concept</span>" not in text


def test_a_plan_is_written_on_screen_and_goes_on_from_the_last_time(client, world):
    client.force_login(world.participant)
    address = at("write", **of(world, "pop"))
    response = client.post(address, {"revision": 0, **POP}, follow=True)
    assert "Alleen jij ziet het" in response.content.decode()
    assert PlanVersion.objects.get().sections == POP
    text = " ".join(client.get(address).content.decode().split())
    assert "Ik luister goed." in text
    assert 'name="revision" value="1"' in text


def test_nothing_typed_is_a_sentence(client, world):
    client.force_login(world.participant)
    for pressed in ({}, {"share": "yes"}):
        data = {"revision": 0, **pressed}
        text = client.post(at("write", **of(world, "pop")), data).content.decode()
        assert "Schrijf bij één onderdeel iets op." in text
    assert not PlanVersion.objects.exists()


def test_who_typed_on_in_another_window_sees_both_texts_and_overwrites_nothing(client, world):
    client.force_login(world.participant)
    address = at("write", **of(world, "pop"))
    first, second = {"revision": 1, "window": "a"}, {"revision": 1, "window": "b"}
    client.post(address, {"revision": 0, "window": "a", "goed": "Begin"})
    client.post(address, {**first, "goed": "Verder in het ene"})
    text = client.post(address, {**second, "goed": "Verder in het andere"}).content.decode()
    assert "Je schreef intussen verder in een ander venster" in text
    assert "Verder in het ene" in text and "Verder in het andere" in text
    assert PlanVersion.objects.get().sections == {"goed": "Verder in het ene"}
    client.post(address, {**second, "revision": 2, "goed": "Beide samen"})
    assert PlanVersion.objects.get().sections == {"goed": "Beide samen"}


def test_a_complete_plan_shows_no_way_to_write(client, world, pop):
    actions.complete(pop, by=world.trainer)
    text = page(client, world.participant)
    assert "Je plan is compleet" in text
    assert at("upload", **of(world, "pop")) not in text
    told = page(client, world.participant, "write", **of(world, "pop"))
    assert "Er komt nu geen nieuwe versie bij" in told


def test_a_question_of_the_trainer_puts_the_participant_on_turn(client, world, pop):
    assert "Jij bent aan zet" not in page(client, world.participant)
    actions.give_feedback(world.version, by=world.trainer, text="Wanneer?", asks_for_more=True)
    text = page(client, world.participant)
    assert "Je trainer vraagt om een aanvulling" in text
    assert "Jij bent aan zet" in text
    text = sent(client, world.participant, "feedback", pop.pk, version=1, text="In mei.")
    assert "Je reactie staat erbij" in text and "In mei." in text


def test_a_reply_that_says_nothing_is_a_sentence_on_the_own_page(client, world, pop):
    text = sent(client, world.participant, "feedback", pop.pk, version=1, text=" ")
    assert "Schrijf op wat je wilt zeggen." in text
    assert "Je plannen" in text
    assert not Feedback.objects.exists()


def test_a_member_takes_an_endorsement_back_and_sees_no_names(client, world, complete_gop):
    for member in (world.participant, world.member):
        actions.endorse(complete_gop, by=member)
    text = page(client, world.participant)
    assert "<b>2 van 2</b>" in text and "Sami" not in text
    assert "Sta je toch niet" in page(client, world.participant, "unendorse", complete_gop.pk)
    text = sent(client, world.participant, "unendorse", complete_gop.pk)
    assert "<b>1 van 2</b>" in text and "Ik sta achter dit plan" in text


def test_the_page_endorses_only_the_version_that_it_showed(client, world, complete_gop):
    actions.reopen(complete_gop, by=world.coordinator)
    actions.add_version(complete_gop, by=world.member, sections=GOP)
    actions.complete(complete_gop, by=world.trainer)
    text = sent(client, world.participant, "endorse", complete_gop.pk, version=1)
    assert "Er is intussen een nieuwere versie" in text
    assert not Endorsement.objects.exists()


def test_who_stopped_reads_the_own_plan_and_finds_no_form(client, world, pop):
    world.enrolment.status = "stopped"
    world.enrolment.save()
    text = page(client, world.participant)
    assert "Je bent gestopt" in text and "Lees versie 1" in text
    assert "Lever in" not in text


@pytest.mark.parametrize("kind", ["pop", "gop"])
def test_staff_and_others_write_through_no_page(client, world, kind):
    for person, answer in [(world.trainer, 403), (world.coordinator, 403), (world.member, 404)]:
        client.force_login(person)
        for name, data in [("upload", {"file": upload()}), ("write", {"revision": 0, **POP})]:
            assert client.post(at(name, **of(world, kind)), data).status_code == answer
    assert not PlanVersion.objects.exists()


def test_who_takes_part_in_nothing_finds_an_empty_page(client, db):
    assert "Hier komen je plannen te staan" in page(client, UserFactory())


def test_staff_who_take_part_find_their_own_plans(client, world):
    RoleFactory(user=world.participant, cohort=group().cohort)
    assert at("mine") in page(client, world.participant)
    assert "POP: persoonlijk ontwikkelingsplan" in page(client, world.participant, "mine")


def test_the_own_page_asks_as_much_for_one_enrolment_as_for_three(client, world, pop, gop):
    actions.give_feedback(world.version, by=world.trainer, text="Mooi.")
    client.force_login(world.participant)
    one = queries(client, at("mine"))
    actions.add_version(pop, by=world.participant, sections=POP)
    for _turn in range(2):
        other = EnrolmentFactory(participant=world.participant)
        for owner, parts in [(other, POP), (other.cohort, GOP)]:
            plan = actions.plan_of(owner)
            actions.add_version(plan, by=world.participant, sections=parts)
    assert queries(client, at("mine")) == one
    assert one < 20
