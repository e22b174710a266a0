"""What only the owner sees: one row that follows the typing, until it is shared and frozen."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from participants.models import DevelopmentPlan, Event, PlanVersion, StoredFile
from participants.plans import actions, reading
from tests.participants.plans.scene import GOP, POP, at, of, upload


@pytest.fixture
def plan(world):
    return actions.plan_for(world.enrolment, by=world.participant)


@pytest.fixture
def type_on(world, plan):
    def type_on(text, revision=None, window="a"):
        facts = {"sections": {"goed": text}, "revision": revision, "window": window}
        return actions.save_draft(plan, by=world.participant, **facts)

    return type_on


def refused(act, *args, **facts):
    with pytest.raises(ValidationError) as refusal:
        act(*args, **facts)
    return refusal.value.code


def test_typing_keeps_one_row_however_often_it_is_saved(type_on):
    for text in ("I", "Ik", "Ik luister"):
        draft = type_on(text)
    assert PlanVersion.objects.get() == draft
    assert (draft.number, draft.revision, draft.is_shared) == (1, 3, False)
    assert not Event.objects.exists()


def test_nothing_typed_begins_no_plan(world):
    plan = actions.plan_of(world.enrolment)
    assert actions.save_draft(plan, by=world.participant, sections={"goed": " "}) is None
    assert not DevelopmentPlan.objects.exists()


def test_everything_may_be_rubbed_out_again(type_on):
    type_on("Ik luister")
    assert type_on("").sections == {}


def test_what_was_typed_on_in_another_window_is_not_overwritten(type_on):
    type_on("Begin", 0)
    type_on("Verder", 1)
    assert refused(type_on, "Anders", 1, "b") == "changed"
    assert PlanVersion.objects.get().sections == {"goed": "Verder"}
    assert type_on("Samen", 2, "b").sections == {"goed": "Samen"}


def test_two_windows_that_both_begin_do_not_overwrite_each_other(type_on):
    type_on("Begin", 0, "a")
    assert refused(type_on, "Ander begin", 0, "b") == "changed"


def test_a_window_of_which_an_answer_was_lost_goes_on(type_on):
    type_on("Begin", 0)
    type_on("Verder", 1)
    assert type_on("Nog verder", 1).sections == {"goed": "Nog verder"}


def test_the_same_text_again_changes_nothing(type_on):
    type_on("Begin", 0)
    assert type_on("Begin", 0, "b") is None
    assert PlanVersion.objects.get().revision == 1


def test_what_comes_after_sharing_and_says_the_same_makes_no_draft(world, plan, type_on):
    type_on("Begin", 0)
    actions.share(plan, by=world.participant)
    assert type_on("Begin", 1) is None
    assert type_on("Meer", 1).number == 2


def test_nobody_types_in_the_plan_of_somebody_else(world, plan):
    for somebody in (world.member, world.trainer, world.coordinator):
        with pytest.raises(PermissionDenied):
            actions.save_draft(plan, by=somebody, sections=POP)


def test_a_gop_and_a_complete_pop_have_no_draft(world, pop, gop):
    facts = {"by": world.participant, "sections": POP}
    assert refused(actions.save_draft, gop, by=world.member, sections=GOP) == "group_plan"
    actions.complete(pop, by=world.trainer)
    assert refused(actions.save_draft, pop, **facts) == "is_complete"


def test_a_file_does_not_take_the_place_of_what_was_typed(world, plan, type_on):
    typed = type_on("Ik luister")
    filed = actions.add_version(plan, by=world.participant, upload=upload())
    assert {one.pk for one in plan.versions.drafts()} == {typed.pk, filed.pk}
    shared = actions.share(plan, by=world.participant)
    assert (shared, shared.number) == (filed, 1)
    assert type_on("Ik luister goed").number == 2


def test_another_file_takes_the_place_of_the_first_one_and_its_bytes_go(world, plan, settings):
    for name in ("Eerst.pdf", "Toen.pdf"):
        version = actions.add_version(plan, by=world.participant, upload=upload(name=name))
    assert plan.versions.get() == version
    assert StoredFile.objects.get().name == "Toen.pdf"


def test_what_was_touched_last_is_shared_first(world, plan, type_on):
    type_on("Ik luister")
    actions.add_version(plan, by=world.participant, upload=upload())
    type_on("Ik luister goed")
    assert actions.share(plan, by=world.participant).sections == {"goed": "Ik luister goed"}
    second = actions.share(plan, by=world.participant)
    assert (second.number, second.file.name) == (2, "Mijn POP.pdf")


def test_a_shared_version_never_changes(world, plan, type_on):
    type_on("Eerst")
    shared = actions.share(plan, by=world.participant)
    type_on("Toen")
    shared.refresh_from_db()
    assert (shared.number, shared.sections) == (1, {"goed": "Eerst"})


# Taking back


def test_what_nobody_read_is_taken_back_and_is_a_draft_again(world, pop):
    version = actions.unshare(pop, by=world.participant)
    pop.refresh_from_db()
    assert (pop.status, version.is_shared, version.sections) == ("draft", False, POP)
    assert not DevelopmentPlan.objects.visible_to(world.trainer).filter(pk=pop.pk).exists()
    decision = Event.objects.decisions().get(act="plan_unshared")
    assert (decision.actor, decision.enrolment) == (world.participant, world.enrolment)
    assert refused(actions.unshare, pop, by=world.participant) == "not_shared"


def test_an_earlier_version_stays_shared(world, pop):
    actions.add_version(pop, by=world.participant, sections={"goed": "Anders"}, share=True)
    actions.unshare(pop, by=world.participant)
    pop.refresh_from_db()
    assert (pop.status, pop.versions.shared().get()) == ("shared", world.version)


def test_what_staff_opened_is_not_taken_back(world, pop):
    reading.opened([world.version], by=world.trainer)
    assert refused(actions.unshare, pop, by=world.participant) == "was_read"


def test_what_staff_said_something_about_is_not_taken_back(world, pop):
    actions.give_feedback(world.version, by=world.trainer, text="Mooi.")
    assert refused(actions.unshare, pop, by=world.participant) == "was_read"


def test_reading_ones_own_plan_does_not_stand_in_the_way(world, pop):
    assert reading.opened([world.version], by=world.participant) == [world.version]
    assert not actions.unshare(pop, by=world.participant).is_shared


def test_what_was_taken_back_a_moment_ago_is_not_shown(world, pop):
    stale = pop.versions.get()
    actions.unshare(pop, by=world.participant)
    assert reading.opened([stale], by=world.trainer) == []
    assert not Event.objects.reads().exists()


def test_nothing_is_taken_back_over_a_newer_draft_or_a_complete_plan(world, pop, gop):
    actions.save_draft(pop, by=world.participant, sections={"goed": "Nieuw"})
    assert refused(actions.unshare, pop, by=world.participant) == "has_draft"
    assert refused(actions.unshare, gop, by=world.member) == "group_plan"
    actions.complete(pop, by=world.trainer)
    assert refused(actions.unshare, pop, by=world.participant) == "is_complete"
    for somebody in (world.trainer, world.member):
        with pytest.raises(PermissionDenied):
            actions.unshare(pop, by=somebody)


# The door of the script


def draft(client, world, **data):
    client.force_login(world.participant)
    return client.post(at("draft", enrolment=world.enrolment.pk), data)


def test_the_script_hears_the_revision_and_when_it_was_kept(client, world):
    answer = draft(client, world, revision=0, window="a", goed="Ik luister")
    assert (answer.status_code, answer.json()["revision"]) == (200, 1)
    assert answer.json()["saved"].endswith(" uur")
    assert PlanVersion.objects.get().sections == {"goed": "Ik luister"}


def test_the_script_hears_that_it_was_typed_on_elsewhere(client, world):
    draft(client, world, revision=0, window="a", goed="Ik luister")
    answer = draft(client, world, revision=0, window="b", goed="Ik praat")
    assert answer.status_code == 409
    assert "in een ander venster" in answer.json()["detail"]


def test_the_script_hears_that_a_text_is_too_long(client, world):
    answer = draft(client, world, revision=0, goed="x" * 10_001)
    assert answer.status_code == 400 and answer.json()["detail"]
    assert not PlanVersion.objects.exists()


def test_the_script_hears_that_nobody_is_logged_in(client, world):
    answer = client.post(at("draft", enrolment=world.enrolment.pk), {"revision": 0})
    assert answer.status_code == 401


def test_leaving_and_coming_back_gives_the_draft_as_it_was(client, world):
    draft(client, world, revision=0, window="a", leren="Grenzen stellen")
    text = client.get(at("write", **of(world, "pop"))).content.decode()
    assert "Grenzen stellen" in text
