import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from participants.models import DevelopmentPlan, Event
from participants.plans import actions
from participants.plans.sections import GOP as GOP_PARTS
from participants.plans.sections import LONGEST
from participants.plans.sections import POP as POP_PARTS
from tests.factories import EnrolmentFactory, RoleFactory
from tests.participants.plans.scene import GOP, POP, upload


def refused(act, *args, **facts):
    with pytest.raises(ValidationError) as refusal:
        act(*args, **facts)
    return refusal.value.code


def test_a_plan_is_begun_once(world):
    first = actions.plan_for(world.enrolment, by=world.participant)
    assert actions.plan_for(world.enrolment, by=world.participant) == first
    group = actions.plan_for(world.cohort, by=world.participant)
    assert actions.plan_for(world.cohort, by=world.member) == group
    assert DevelopmentPlan.objects.count() == 2


@pytest.mark.parametrize("owner", ["enrolment", "cohort"])
@pytest.mark.parametrize("who", ["trainer", "coordinator", "assessor"])
def test_staff_never_begin_a_plan(world, owner, who):
    with pytest.raises(PermissionDenied):
        actions.plan_for(getattr(world, owner), by=getattr(world, who))
    assert not DevelopmentPlan.objects.exists()


def test_somebody_else_does_not_begin_your_pop(world):
    with pytest.raises(PermissionDenied):
        actions.plan_for(world.enrolment, by=world.member)


@pytest.mark.parametrize("status", ["applied", "stopped", "declined"])
def test_who_does_not_take_part_writes_nothing(world, pop, gop, status):
    facts = {"decided_at": None, "decided_by": None} if status == "applied" else {}
    type(world.enrolment).objects.filter(pk=world.enrolment.pk).update(status=status, **facts)
    for plan, parts in [(pop, POP), (gop, GOP)]:
        with pytest.raises(PermissionDenied):
            actions.add_version(plan, by=world.participant, sections=parts)
        assert plan.versions.count() == 1


def test_who_finished_may_still_write(world):
    finished = EnrolmentFactory(cohort=world.cohort, status="completed")
    plan = actions.plan_of(finished)
    assert actions.add_version(plan, by=finished.participant, sections=POP).number == 1


def test_an_upload_is_a_whole_pop_and_private_at_first(world):
    plan = actions.plan_of(world.enrolment)
    version = actions.add_version(plan, by=world.participant, upload=upload())
    assert (version.number, version.file.name, version.sections) == (1, "Mijn POP.pdf", None)
    assert not version.is_shared
    assert version.plan.status == "draft"


def test_shared_versions_are_numbered_and_all_are_kept(world):
    plan = actions.plan_for(world.enrolment, by=world.participant)
    for text in ["Eerst", "Toen", "Nu"]:
        actions.add_version(plan, by=world.participant, sections={"goed": text}, share=True)
    kept = plan.versions.order_by("number").values_list("number", "sections")
    assert list(kept) == [(1, {"goed": "Eerst"}), (2, {"goed": "Toen"}), (3, {"goed": "Nu"})]


def test_a_gop_version_of_any_member_is_shared_at_once_and_names_its_author(world, gop):
    version = actions.add_version(gop, by=world.member, upload=upload(name="GOP.pdf"))
    assert (version.number, version.author, version.is_shared) == (2, world.member, True)
    gop.refresh_from_db()
    assert gop.status == "shared"


def test_a_new_private_version_leaves_the_shared_one_shared(world, pop):
    actions.add_version(pop, by=world.participant, sections=POP)
    pop.refresh_from_db()
    assert pop.status == "shared"
    assert pop.versions.shared().latest() == world.version


def test_the_owner_shares_the_latest_version(world):
    plan = actions.plan_for(world.enrolment, by=world.participant)
    assert refused(actions.share, plan, by=world.participant) == "no_version"
    version = actions.add_version(plan, by=world.participant, sections=POP)
    actions.share(plan, by=world.participant)
    version.refresh_from_db(), plan.refresh_from_db()
    assert version.is_shared and plan.status == "shared"
    assert refused(actions.share, plan, by=world.participant) == "already_shared"
    decision = Event.objects.decisions().get()
    assert (decision.act, decision.enrolment, decision.actor) == (
        "plan_shared",
        world.enrolment,
        world.participant,
    )


def test_nobody_shares_the_plan_of_somebody_else(world, pop):
    version = actions.add_version(pop, by=world.participant, sections=POP)
    for somebody in (world.member, world.trainer, world.coordinator):
        with pytest.raises(PermissionDenied):
            actions.share(pop, by=somebody)
    version.refresh_from_db()
    assert not version.is_shared


def test_a_complete_plan_takes_no_version_and_nothing_is_shared(world, pop, settings):
    actions.add_version(pop, by=world.participant, sections=POP)
    actions.complete(pop, by=world.trainer)
    stale = actions.plan_of(world.enrolment)
    stale.status = "shared"  # as somebody read it a moment before
    for plan in (actions.plan_of(world.enrolment), stale):
        facts = {"by": world.participant, "upload": upload()}
        assert refused(actions.add_version, plan, **facts) == "is_complete"
    assert refused(actions.share, pop, by=world.participant) == "is_complete"
    assert pop.versions.count() == 2
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("sections", "code"),
    [
        ({}, "nothing_written"),
        ({"goed": "  ", "leren": ""}, "nothing_written"),
        ({"diagnose": "x"}, "unknown_section"),
        ({"doel": "van de groep"}, "unknown_section"),
        ({"goed": ["x"]}, "invalid_sections"),
        ({"goed": "a\x00b"}, "invalid_sections"),
        (["goed"], "invalid_sections"),
        ({"goed": "x" * (LONGEST + 1)}, "section_too_long"),
    ],
)
def test_sections_are_known_texts_with_something_in_them(world, sections, code):
    plan = actions.plan_of(world.enrolment)
    facts = {"by": world.participant, "sections": sections}
    assert refused(actions.add_version, plan, **facts) == code
    assert not DevelopmentPlan.objects.exists()


def test_empty_parts_are_left_out_and_the_longest_text_is_kept_whole(world):
    plan = actions.plan_of(world.enrolment)
    sections = {"terugblik": "x" * LONGEST, "goed": " Ja ", "leren": " "}
    version = actions.add_version(plan, by=world.participant, sections=sections)
    assert version.sections == {"goed": "Ja", "terugblik": "x" * LONGEST}
    assert [part.label for part in version.parts] == ["Wat gaat goed?", "Terugblik"]


def test_the_parts_are_those_of_the_domain():
    assert list(POP_PARTS) == "goed leren rol doelen trainingen nodig volhouden terugblik".split()
    assert list(GOP_PARTS) == (
        "doel meebrengen nu_en_straks groepsdoelen afspraken rollen intervisie samen_leren "
        "terugblik".split()
    )


@pytest.mark.parametrize("content", [{}, {"upload": upload(), "sections": POP}])
def test_a_version_is_a_file_or_written(world, content):
    plan = actions.plan_of(world.enrolment)
    assert refused(actions.add_version, plan, by=world.participant, **content) == "one_of_two"


def test_who_began_from_an_older_gop_is_told_and_nothing_is_lost(world, gop):
    actions.add_version(gop, by=world.member, sections={"doel": "Anders"}, based_on=1)
    mine = {"by": world.participant, "sections": GOP}
    assert refused(actions.add_version, gop, **mine, based_on=1) == "changed"
    assert gop.versions.latest().sections == {"doel": "Anders"}
    assert actions.add_version(gop, **mine, based_on=2).number == 3


def test_the_first_version_of_two_who_begin_together_counts(world):
    plan = actions.plan_of(world.cohort)
    actions.add_version(plan, by=world.participant, sections=GOP, based_on=0)
    facts = {"by": world.member, "sections": GOP, "based_on": 0}
    assert refused(actions.add_version, plan, **facts) == "changed"


# Feedback


def test_staff_remark_on_a_shared_version_and_the_participant_replies(world, pop):
    actions.give_feedback(world.version, by=world.trainer, text=" Mooi. ", asks_for_more=True)
    actions.give_feedback(world.version, by=world.participant, text="Dank je.")
    said = world.version.feedback.values_list("author", "text", "asks_for_more")
    assert list(said) == [
        (world.trainer.pk, "Mooi.", True),
        (world.participant.pk, "Dank je.", False),
    ]


def test_the_participant_can_reply_when_the_plan_is_complete_and_after_stopping(world, pop):
    actions.complete(pop, by=world.trainer)
    actions.give_feedback(world.version, by=world.participant, text="Dank je.")
    world.enrolment.status = "stopped"
    world.enrolment.save()
    assert actions.give_feedback(world.version, by=world.participant, text="Tot ziens.")


def test_a_participant_does_not_ask_for_more(world, pop):
    with pytest.raises(PermissionDenied):
        actions.give_feedback(world.version, by=world.participant, text="?", asks_for_more=True)


def test_others_say_nothing_about_a_pop(world, pop):
    for somebody in (world.member, world.assessor, RoleFactory().user):
        with pytest.raises(PermissionDenied):
            actions.give_feedback(world.version, by=somebody, text="Ha!")


def test_a_trainer_who_takes_part_does_not_review_the_own_plans(world, pop, gop):
    RoleFactory(cohort=world.cohort, user=world.participant)
    for version in (world.version, gop.versions.latest()):
        with pytest.raises(PermissionDenied):
            actions.give_feedback(version, by=world.participant, text="?", asks_for_more=True)


def test_nothing_is_said_about_a_draft(world, pop):
    draft = actions.add_version(pop, by=world.participant, sections=POP)
    for somebody in (world.trainer, world.participant):
        facts = {"by": somebody, "text": "Mooi."}
        assert refused(actions.give_feedback, draft, **facts) == "not_shared"


def test_a_request_is_about_the_latest_shared_version_of_an_open_plan(world, pop):
    actions.add_version(pop, by=world.participant, sections=POP, share=True)
    asked = {"by": world.trainer, "text": "Wanneer?", "asks_for_more": True}
    assert refused(actions.give_feedback, world.version, **asked) == "changed"
    actions.complete(pop, by=world.trainer)
    assert refused(actions.give_feedback, pop.versions.latest(), **asked) == "is_complete"


@pytest.mark.parametrize(("text", "code"), [(" ", "text_missing"), ("x" * 4001, "text_too_long")])
def test_feedback_says_something_of_a_readable_length(world, pop, text, code):
    assert refused(actions.give_feedback, world.version, by=world.trainer, text=text) == code


def test_a_pop_waits_for_review_until_more_is_asked_and_again_after_a_new_version(world, pop):
    waiting = DevelopmentPlan.objects.awaiting_review()
    assert pop in waiting.all()
    actions.give_feedback(world.version, by=world.trainer, text="Wanneer?", asks_for_more=True)
    assert pop not in waiting.all()
    actions.add_version(pop, by=world.participant, sections=POP, share=True)
    assert pop in waiting.all()
    actions.complete(pop, by=world.trainer)
    assert pop not in waiting.all()
