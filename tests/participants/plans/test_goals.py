import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from participants.models import LearningGoal, PlanVersion
from participants.plans import actions
from tests.participants.plans.scene import POP, at, page, queries, sent, upload


@pytest.fixture
def plan(world):
    return actions.plan_for(world.enrolment, by=world.participant)


@pytest.fixture
def add(world, plan):
    def add(what, **facts):
        return actions.add_goal(plan, by=world.participant, what=what, **facts)

    return add


def order(plan):
    return [(goal.position, goal.what) for goal in plan.goals.standing()]


def refused(act, *args, **facts):
    with pytest.raises(ValidationError) as refusal:
        act(*args, **facts)
    return refusal.value.code


def test_a_goal_begins_a_plan_with_a_private_draft(world):
    goal = actions.add_goal(actions.plan_of(world.enrolment), by=world.participant, what=" Nee ")
    assert (goal.position, goal.what, goal.state) == (1, "Nee", "not_begun")
    assert not PlanVersion.objects.get().is_shared


def test_there_are_five_goals_and_never_six(plan, add):
    for number in range(5):
        add(f"Doel {number}")
    assert refused(add, "Nog een") == "five_goals"
    assert plan.goals.standing().count() == 5


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"what": " "}, "goal_missing"),
        ({"what": "x" * 301}, "goal_too_long"),
        ({"what": "x" * 300, "why": "x" * 2001}, "goal_too_long"),
    ],
)
def test_a_goal_says_what_in_a_readable_length(world, plan, facts, code):
    assert refused(actions.add_goal, plan, by=world.participant, **facts) == code


def test_a_goal_moves_and_the_others_make_room(world, plan, add):
    _one, _two, three = add("Een"), add("Twee"), add("Drie")
    actions.move_goal(three, 1, by=world.participant)
    assert order(plan) == [(1, "Drie"), (2, "Een"), (3, "Twee")]
    for place in (0, 4):
        assert refused(actions.move_goal, three, place, by=world.participant) == "unknown_position"


def test_a_goal_that_was_taken_away_comes_back_as_the_last(world, plan, add):
    one, _two = add("Een"), add("Twee")
    actions.remove_goal(one, by=world.participant)
    assert order(plan) == [(1, "Twee")]
    assert refused(actions.remove_goal, one, by=world.participant) == "goal_is_gone"
    actions.restore_goal(one, by=world.participant)
    actions.restore_goal(one, by=world.participant)
    assert order(plan) == [(1, "Twee"), (2, "Een")]


def test_no_sixth_goal_comes_back(world, add):
    first = add("Eerst")
    actions.remove_goal(first, by=world.participant)
    for number in range(5):
        add(f"Doel {number}")
    assert refused(actions.restore_goal, first, by=world.participant) == "five_goals"


def test_staff_read_a_goal_as_it_was_when_it_was_shared(world, plan, add):
    goal = add("Een", why="Daarom", until=dt.date(2027, 3, 1))
    shared = actions.share(plan, by=world.participant)
    actions.change_goal(goal, by=world.participant, what="Anders")
    shared.refresh_from_db()
    [kept] = shared.goals
    assert (kept["goal"], kept["what"], kept["until"]) == (goal.pk, "Een", "2027-03-01")
    [part] = shared.parts
    assert (part.section, part.label) == ("doelen", "Leerdoel 1")
    assert "Waarom: Daarom" in part.text and "Klaar op: 1 maart 2027" in part.text


def test_a_changed_goal_makes_a_draft_of_what_was_shared_last(world, pop):
    goal = actions.add_goal(pop, by=world.participant, what="Een")
    second = actions.share(pop, by=world.participant)
    assert (second.number, second.sections, len(second.goals)) == (2, POP, 1)
    actions.change_goal(goal, by=world.participant, what="Twee")
    assert actions.share(pop, by=world.participant).goals[0]["what"] == "Twee"


def test_an_upload_is_shared_again_with_the_goals_that_came_later(world):
    plan = actions.plan_of(world.enrolment)
    first = actions.add_version(plan, by=world.participant, upload=upload(), share=True)
    actions.add_goal(first.plan, by=world.participant, what="Een")
    second = actions.share(first.plan, by=world.participant)
    assert (second.file, second.goals[0]["what"]) == (first.file, "Een")
    first.refresh_from_db()
    assert first.goals == []
    # Another file for the draft on top: the one that was shared stays.
    actions.add_version(first.plan, by=world.participant, upload=upload())
    assert first.plan.versions.filter(file=first.file).count() == 2


def test_how_far_a_goal_is_can_be_said_when_the_plan_is_complete_and_its_words_cannot(world, pop):
    goal = actions.add_goal(pop, by=world.participant, what="Een")
    actions.share(pop, by=world.participant)
    actions.complete(pop, by=world.trainer)
    by = {"by": world.participant}
    assert actions.set_goal_state(goal, "done", **by).state == "done"
    for act in (
        lambda: actions.change_goal(goal, what="Anders", **by),
        lambda: actions.add_goal(pop, what="Nog een", **by),
        lambda: actions.move_goal(goal, 1, **by),
        lambda: actions.remove_goal(goal, **by),
        lambda: actions.restore_goal(goal, **by),
    ):
        assert refused(act) == "is_complete"
    assert refused(actions.set_goal_state, goal, "bijna", **by) == "unknown_state"
    assert not pop.versions.drafts().exists()


@pytest.mark.parametrize("who", ["member", "trainer", "coordinator"])
def test_nobody_touches_the_goal_of_somebody_else(world, plan, add, who):
    goal, by = add("Een"), {"by": getattr(world, who)}
    for act in (
        lambda: actions.add_goal(plan, what="Twee", **by),
        lambda: actions.change_goal(goal, what="Twee", **by),
        lambda: actions.set_goal_state(goal, "done", **by),
        lambda: actions.move_goal(goal, 1, **by),
        lambda: actions.remove_goal(goal, **by),
        lambda: actions.restore_goal(goal, **by),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_gop_has_no_goals_of_its_own(world, gop):
    assert refused(actions.add_goal, gop, by=world.member, what="Een") == "group_plan"


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"position": 6}, "a_goal_is_one_of_five_or_archived"),
        ({"position": 0}, "a_goal_is_one_of_five_or_archived"),
        ({"position": None}, "a_goal_is_one_of_five_or_archived"),
        ({"what": ""}, "a_goal_says_what"),
        ({"state": "bijna"}, "a_goal_is_not_begun_busy_or_done"),
    ],
)
def test_the_database_holds_what_a_goal_is(plan, facts, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        LearningGoal.objects.create(**{"plan": plan, "position": 1, "what": "Een", **facts})


def test_two_goals_never_share_a_place(plan, add):
    add("Een")
    with pytest.raises(IntegrityError):
        LearningGoal.objects.create(plan=plan, position=1, what="Ook een")


# Pages


def test_a_goal_is_written_ordered_said_how_far_and_taken_away_on_the_page(client, world, plan):
    me, key = world.participant, world.enrolment.pk
    assert "Nog geen leerdoelen" in page(client, me, "goals", key)
    facts = {"what": "Nee zeggen", "until": "2027-03-01", "state": "not_begun"}
    text = sent(client, me, "goal-add", key, **facts)
    assert "1. Nee zeggen" in text and "1 maart 2027" in text
    sent(client, me, "goal-add", key, what="Vragen stellen", state="busy")
    first, second = plan.goals.standing()
    assert "Dit is nu leerdoel 1" in sent(client, me, "goal-move", second.pk, position=1)
    assert "Leerdoel 2: gelukt." in sent(client, me, "goal-state", first.pk, state="done")
    text = sent(client, me, "goal-remove", second.pk)
    assert "Zet terug" in text and "2. " not in text
    assert "staat er weer" in sent(client, me, "goal-restore", second.pk)
    text = sent(client, me, "goal", second.pk, what="Open vragen", state="busy")
    assert "Open vragen" in text


def test_a_goal_without_words_is_a_sentence_and_the_rest_stays(client, world):
    data = {"what": "", "why": "Daarom wel", "state": "busy"}
    text = sent(client, world.participant, "goal-add", world.enrolment.pk, **data)
    assert "Schrijf op wat je wilt leren." in text and "Daarom wel" in text


def test_the_page_of_a_complete_plan_offers_only_how_far(client, world, pop):
    actions.add_goal(pop, by=world.participant, what="Een")
    actions.share(pop, by=world.participant)
    actions.complete(pop, by=world.trainer)
    text = page(client, world.participant, "goals", world.enrolment.pk)
    assert "Gelukt" in text and "Haal weg" not in text and "Nog een leerdoel" not in text


def test_the_page_of_goals_asks_as_much_for_one_as_for_three(client, world, add):
    add("Een")
    client.force_login(world.participant)
    one = queries(client, at("goals", world.enrolment.pk))
    add("Twee"), add("Drie")
    assert queries(client, at("goals", world.enrolment.pk)) == one
