"""Neither assessor sees what the other wrote before both have handed in; others never do."""

import ast
import json
from pathlib import Path

import pytest
from django.contrib import admin
from django.urls import reverse

from participants.interviews import actions
from participants.models import InterviewItem, Rating, Seat
from tests.factories import RoleFactory
from tests.participants.interviews.scene import MOMENT, agree, answers, both_hand_in, hand_in

CANARY = "kanarie-in-de-notities"
WHY = "kanarie-in-de-motivering"
DOORS = [
    "list",
    "today",
    "third",
    "amend",
    "detail",
    "rate",
    "hand_in",
    "joint",
    "finalise",
    "replan",
    "not_held",
    "choose",
]
API_DOORS = ["detail", "ratings", "evidence", "replies", "objections", "amendments"]
ROOT = Path(__file__).resolve().parents[3]
# Who may name the model of separate ratings: its own slice, and what fills the demo.
KNOW_RATINGS = {
    "participants/models.py",
    "leerlijn/demo/lives.py",
    "leerlijn/demo/talks.py",
    "participants/mydata/rules/nobody.py",  # says that nobody gets them with their own data
    "participants/erasing/rules/enrolments.py",  # says that they go with the person
}


def everything_shown_to(client, scene, person):
    """All that ``person`` gets from the pages and the API about this interview, as one text."""
    client.force_login(person)
    key = {"pk": scene.interview.pk}
    addresses = [
        reverse(f"interviews:{door}", kwargs={} if door in ("list", "today", "choose") else key)
        for door in DOORS
    ]
    seats = scene.interview.seats.taken()
    addresses += [
        reverse("interviews:replace", kwargs={**key, "seat_pk": seat.pk}) for seat in seats
    ]
    addresses += [reverse(f"api:interviews-{door}", kwargs=key) for door in API_DOORS]
    addresses += [reverse("api:interviews-list")]
    return "\n".join(client.get(address, follow=True).content.decode() for address in addresses)


def people(scene, *names):
    scene.participant = scene.enrolment.participant
    scene.trainer = RoleFactory(cohort=scene.cohort).user
    scene.administrator = RoleFactory(administrator=True).user
    return [getattr(scene, name) for name in names]


OUTSIDE = ["third", "coordinator", "participant", "trainer", "administrator"]


@pytest.mark.parametrize("handed_in", [True, False])
def test_the_other_assessor_sees_nothing_before_both_are_in(client, planned, handed_in):
    ratings = answers(planned.items, "not_yet", CANARY)
    actions.rate(planned.interview, by=planned.first, ratings=ratings)
    if handed_in:
        actions.declare_independent(planned.interview, by=planned.first)
        actions.rate(planned.interview, by=planned.first, ratings={}, hand_in=True)
    assert CANARY in everything_shown_to(client, planned, planned.first) or handed_in
    assert CANARY not in everything_shown_to(client, planned, planned.second)
    assert not Rating.objects.visible_to(planned.second).exists()


def test_own_ratings_stay_readable_through_the_api_after_handing_in(client, planned):
    hand_in(planned, planned.first, text=CANARY)
    client.force_login(planned.first)
    address = reverse("api:interviews-ratings", args=[planned.interview.pk])
    assert CANARY in client.get(address).content.decode()


def test_both_assessors_see_both_once_both_are_in(client, planned):
    hand_in(planned, planned.first, text=CANARY)
    hand_in(planned, planned.second, text="van de tweede")
    for person in (planned.first, planned.second):
        shown = everything_shown_to(client, planned, person)
        assert CANARY in shown and "van de tweede" in shown


@pytest.mark.parametrize("stage", ["drafts", "one in", "both in", "agreed", "final"])
@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_else_ever_sees_a_separate_rating(client, planned, stage, who):
    [person] = people(planned, who)
    reach(planned, stage)
    shown = everything_shown_to(client, planned, person)
    assert CANARY not in shown and WHY not in shown
    assert not Rating.objects.visible_to(person).exists()


def reach(scene, stage):
    ratings = answers(scene.items, "good", CANARY)
    actions.rate(scene.interview, by=scene.first, ratings=ratings)
    if stage == "drafts":
        return
    hand_in(scene, scene.first, "good", CANARY)
    if stage == "one in":
        return
    hand_in(scene, scene.second, "not_yet", CANARY)
    if stage == "both in":
        return
    agree(scene, "good", WHY)
    if stage == "final":
        actions.finalise(scene.interview, by=scene.first)


@pytest.mark.parametrize("who", ["coordinator", "participant"])
def test_the_joint_rating_is_shown_only_when_final(client, planned, who):
    [person] = people(planned, who)
    both_hand_in(planned)
    agree(planned, strengths="Je luistert goed.", advice="Oefen nog wat.")
    client.force_login(person)
    address = reverse("api:interviews-detail", args=[planned.interview.pk])
    page = reverse("interviews:detail", args=[planned.interview.pk])
    before = client.get(address).json()
    assert {one["value"] for one in before["criteria"]} == {None}
    assert (before["strengths"], before["advice"], before["result"]) == ("", "", None)
    assert "Je luistert goed." not in client.get(page).content.decode()
    actions.finalise(planned.interview, by=planned.first)
    after = client.get(address).json()
    assert {one["value"] for one in after["criteria"]} == {"good"}
    assert (after["strengths"], after["result"]) == ("Je luistert goed.", "pass")
    assert "Je luistert goed." in client.get(page).content.decode()


def test_assessors_see_the_joint_rating_once_it_is_agreed(client, planned):
    both_hand_in(planned)
    agree(planned)
    client.force_login(planned.second)
    answer = client.get(reverse("api:interviews-detail", args=[planned.interview.pk])).json()
    assert {one["value"] for one in answer["criteria"]} == {"good"}


def test_a_coordinator_who_sits_is_as_blind_as_any_assessor(client, scene):
    scene.interview = actions.plan(
        scene.enrolment,
        by=scene.coordinator,
        planned_at=MOMENT,
        assessors=[scene.first, scene.coordinator],
    )
    scene.items = list(scene.interview.items.all())
    hand_in(scene, scene.first, text=CANARY)
    assert CANARY not in everything_shown_to(client, scene, scene.coordinator)
    hand_in(scene, scene.coordinator)
    assert CANARY in everything_shown_to(client, scene, scene.coordinator)


def test_what_was_written_in_a_seat_that_passed_on_is_seen_by_nobody(client, planned):
    actions.rate(
        planned.interview, by=planned.first, ratings=answers(planned.items, "good", CANARY)
    )
    seat = planned.interview.seats.get(assessor=planned.first)
    actions.replace_assessor(seat, by=planned.coordinator, new=planned.third)
    hand_in(planned, planned.second)
    hand_in(planned, planned.third)
    for person in (planned.first, planned.second, planned.third, planned.coordinator):
        assert CANARY not in everything_shown_to(client, planned, person)


def test_no_export_or_page_of_another_slice_knows_separate_ratings():
    sources = [
        source
        for folder in ("leerlijn", "participants", "certificates")
        for source in (ROOT / folder).rglob("*.py")
        if "migrations" not in source.parts and "interviews" not in source.parts
    ]
    naming = {
        str(source.relative_to(ROOT))
        for source in sources
        for node in ast.walk(ast.parse(source.read_text()))
        if isinstance(node, ast.ImportFrom) and "Rating" in {one.name for one in node.names}
    }
    assert naming - KNOW_RATINGS == set()


def test_the_list_of_the_api_holds_no_joint_rating_before_it_is_final(client, planned):
    both_hand_in(planned)
    agree(planned, strengths=CANARY, advice=WHY)
    for person in (planned.coordinator, planned.enrolment.participant):
        client.force_login(person)
        [found] = client.get(reverse("api:interviews-list")).json()["results"]
        assert {one["value"] for one in found["criteria"]} == {None}
        assert (found["result"], found["strengths"], found["advice"]) == (None, "", "")


@pytest.mark.parametrize("stage", ["drafts", "one in", "both in", "agreed"])
def test_the_admin_shows_nothing_of_an_unfinished_interview(client, planned, stage):
    [administrator] = people(planned, "administrator")
    reach(planned, stage)
    client.force_login(administrator)
    for name in ("finalinterview", "rating", "seat", "interviewitem"):
        assert client.get(f"/beheer/participants/{name}/").status_code == 404


def test_the_admin_holds_no_ratings():
    hidden = {Rating, InterviewItem, Seat}
    site = admin.site
    assert not hidden & set(site._registry)
    shown = {inline.model for one in site._registry.values() for inline in one.inlines}
    assert not hidden & shown


def test_ratings_do_not_leak_into_the_log_of_decisions(planned):
    events = planned.enrolment.events
    hand_in(planned, planned.first, text=CANARY)
    hand_in(planned, planned.second, "not_yet", CANARY)
    agree(planned, "good", WHY)
    logged = json.dumps(list(events.values_list("act", "subject", "reason")))
    assert CANARY not in logged and WHY not in logged and "not_yet" not in logged
