"""What is only of the participant reaches nobody else, whichever door is tried."""

import pytest
from django.urls import reverse

from participants.admin import site
from participants.plans import actions
from tests.factories import EnrolmentFactory, RoleFactory
from tests.participants.plans.scene import POP, at, of, upload

CANARY = "Kanarie-in-het-concept"
FILE = "Kanarie.pdf"
STAFF = ["trainer", "coordinator", "assessor"]


@pytest.fixture
def drafts(world, pop):
    """A shared version, and on top of it two private ones: written, and a file."""
    by = {"by": world.participant}
    written = actions.add_version(pop, **by, sections={"goed": CANARY})
    filed = actions.add_version(pop, **by, upload=upload(name=FILE))
    return written, filed


def doors(pop, versions):
    """Every address at which a plan or a version of it can be read."""
    pages = [reverse("plans:list"), reverse("plans:mine")]
    pages += [reverse(f"plans:{name}", args=[pop.pk]) for name in ("detail", "complete", "reopen")]
    for name in ("version", "file", "pdf"):
        pages += [reverse(f"plans:{name}", args=[version.pk]) for version in versions]
    api = [f"/api/v1/plans/{tail}" for tail in ("", f"{pop.pk}/")]
    for name in ("file", "pdf"):
        api += [f"/api/v1/plans/{pop.pk}/versions/{version.number}/{name}/" for version in versions]
    return pages + api


def answers(client, person, addresses):
    client.force_login(person)
    for address in addresses:
        response = client.get(address)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        yield address, response.status_code, content.decode(errors="replace")


@pytest.mark.parametrize("who", [*STAFF, "member"])
def test_a_draft_reaches_nobody_through_any_door(client, world, pop, drafts, who):
    for address, status, text in answers(client, getattr(world, who), doors(pop, drafts)):
        assert CANARY not in text and FILE not in text, address
        assert status != 200 or "/versies/" not in address and "/versions/" not in address, address


@pytest.mark.parametrize("who", STAFF)
def test_a_plan_that_is_only_a_draft_is_not_there_for_staff(client, world, who):
    plan = actions.plan_of(world.enrolment)
    version = actions.add_version(plan, by=world.participant, sections={"goed": CANARY})
    addresses = doors(version.plan, [version])
    for address, status, text in answers(client, getattr(world, who), addresses):
        assert CANARY not in text, address
        assert status == 404 or address in (
            reverse("plans:list"),
            reverse("plans:mine"),
            "/api/v1/plans/",
        )
    assert "Noor Bakker" not in client.get(reverse("plans:list")).content.decode()


def test_the_owner_finds_the_draft_at_the_own_doors(client, world, pop, drafts):
    client.force_login(world.participant)
    assert FILE in client.get(reverse("plans:mine")).content.decode()
    assert CANARY in client.get(at("write", **of(world, "pop"))).content.decode()
    assert CANARY in client.get(f"/api/v1/plans/{pop.pk}/").content.decode()


@pytest.mark.parametrize("who", ["assessor", "member"])
def test_a_shared_pop_is_not_there_for_assessors_and_other_participants(client, world, pop, who):
    missing = "/api/v1/plans/987654/"
    client.force_login(getattr(world, who))
    answer, nothing = client.get(f"/api/v1/plans/{pop.pk}/"), client.get(missing)
    assert answer.status_code == nothing.status_code == 404
    assert answer.json() == nothing.json()
    pages = [client.get(reverse("plans:detail", args=[key])) for key in (pop.pk, 987654)]
    assert [page.status_code for page in pages] == [404, 404]
    for address, _status, text in answers(client, getattr(world, who), doors(pop, [])):
        assert POP["goed"] not in text, address


def test_nobody_outside_sees_pop_or_gop(client, world, pop, gop):
    strangers = [
        EnrolmentFactory().participant,
        RoleFactory().user,
        RoleFactory(administrator=True).user,
    ]
    for stranger in strangers:
        client.force_login(stranger)
        for plan in (pop, gop):
            assert client.get(reverse("plans:detail", args=[plan.pk])).status_code == 404
            assert client.get(f"/api/v1/plans/{plan.pk}/").status_code == 404
        assert client.get("/api/v1/plans/").json()["results"] == []


@pytest.mark.parametrize("who", [*STAFF, "member"])
def test_a_goal_reaches_others_only_as_it_was_shared(client, world, pop, who):
    goal = actions.add_goal(pop, by=world.participant, what=CANARY, why="Daarom niet")
    names = ["goal", "goal-state", "goal-move", "goal-remove", "goal-restore"]
    addresses = doors(pop, []) + [reverse(f"plans:{name}", args=[goal.pk]) for name in names]
    addresses += [
        reverse("plans:goals", args=[world.enrolment.pk]),
        reverse("plans:draft", args=[world.enrolment.pk]),
    ]
    for address, _status, text in answers(client, getattr(world, who), addresses):
        assert CANARY not in text, address
    actions.share(pop, by=world.participant)
    actions.change_goal(goal, by=world.participant, what="Stiekem anders")
    for address, _status, text in answers(client, world.trainer, addresses):
        assert "Stiekem anders" not in text, address
    client.force_login(world.trainer)
    assert CANARY in client.get(reverse("plans:detail", args=[pop.pk])).content.decode()


def test_no_plan_is_in_the_site_of_administrators():
    kept = {model.__name__ for model in site._registry}
    assert not kept & {"DevelopmentPlan", "PlanVersion", "LearningGoal", "Feedback", "Endorsement"}


def test_answers_to_acts_of_staff_carry_no_text_of_a_pop(client, world, pop, drafts):
    client.force_login(world.trainer)
    for act in ("complete", "reopen"):
        answer = client.post(f"/api/v1/plans/{pop.pk}/{act}/", content_type="application/json")
        assert answer.status_code == 200
        text = answer.content.decode()
        assert POP["goed"] not in text and CANARY not in text and FILE not in text
