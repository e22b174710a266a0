"""What programs do with plans; see also test_api."""

import json

import pytest

from participants.plans import actions
from tests.factories import EnrolmentFactory
from tests.participants.files import corpus
from tests.participants.plans.scene import GOP, POP, queries, upload

LIST = "/api/v1/plans/"


def call(client, person, method, path, **body):
    """(status, answer) of a request in JSON to ``path`` under the list."""
    client.force_login(person)
    response = getattr(client, method)(
        LIST + path, json.dumps(body), content_type="application/json"
    )
    return response.status_code, response.json()


def test_a_written_version_is_private_until_it_is_shared(client, world):
    plan = actions.plan_for(world.enrolment, by=world.participant)
    path = f"{plan.pk}/versions/"
    status, version = call(client, world.participant, "post", path, sections=POP)
    assert (status, version["number"], version["shared"]) == (201, 1, False)
    assert version["sections"] == POP
    assert call(client, world.trainer, "post", path, sections=POP)[0] == 404
    status, shared = call(client, world.participant, "post", f"{plan.pk}/share/")
    assert (status, shared["status"], shared["versions"][0]["shared"]) == (200, "shared", True)
    status, again = call(client, world.participant, "post", f"{plan.pk}/share/")
    assert (status, again["code"]) == (400, "already_shared")


def test_a_version_can_be_shared_as_it_is_made(client, world):
    plan = actions.plan_for(world.enrolment, by=world.participant)
    path = f"{plan.pk}/versions/"
    _status, version = call(client, world.participant, "post", path, sections=POP, share=True)
    assert version["shared"] is True


@pytest.mark.parametrize("text", ["\\u0000", "\\ud800"])
def test_text_that_no_database_keeps_is_refused(client, world, text):
    plan = actions.plan_for(world.enrolment, by=world.participant)
    client.force_login(world.participant)
    body = f'{{"sections": {{"goed": "a{text}"}}}}'
    address = f"{LIST}{plan.pk}/versions/"
    assert client.post(address, body, content_type="application/json").status_code == 400
    assert not plan.versions.exists()


def test_who_was_second_gets_a_conflict(client, world, gop):
    facts = {"sections": GOP, "based_on": 1}
    path = f"{gop.pk}/versions/"
    assert call(client, world.member, "post", path, **facts)[0] == 201
    status, answer = call(client, world.participant, "post", path, **facts)
    assert (status, answer["code"]) == (409, "changed")


def test_a_complete_plan_refuses_with_a_code_until_it_is_reopened(client, world, pop):
    status, plan = call(client, world.trainer, "post", f"{pop.pk}/complete/", version=1)
    assert (status, plan["status"], plan["completed_version"]) == (200, "complete", 1)
    for person, act, body in [
        (world.coordinator, "complete", {}),
        (world.participant, "versions", {"sections": POP}),
    ]:
        status, answer = call(client, person, "post", f"{pop.pk}/{act}/", **body)
        assert (status, answer["code"]) == (400, "is_complete")
    status, plan = call(client, world.trainer, "post", f"{pop.pk}/reopen/")
    assert (status, plan["status"], plan["completed_version"]) == (200, "shared", None)


def test_a_member_takes_an_endorsement_back(client, world, complete_gop):
    path = f"{complete_gop.pk}/endorse/"
    status, plan = call(client, world.member, "post", path, version=1)
    figures = {"endorsed": 1, "members": 2, "endorsed_by_me": True}
    assert (status, plan["endorsements"]) == (200, figures)
    status, answer = call(client, world.member, "post", path)
    assert (status, answer["code"]) == (400, "already_endorsed")
    status, plan = call(client, world.member, "delete", path)
    assert (status, plan["endorsements"]["endorsed"]) == (200, 0)


def test_reopening_a_gop_can_say_how_many_were_seen(client, world, complete_gop):
    actions.endorse(complete_gop, by=world.member)
    path = f"{complete_gop.pk}/reopen/"
    status, answer = call(client, world.coordinator, "post", path, endorsements=0)
    assert (status, answer["code"]) == (409, "changed")
    assert call(client, world.coordinator, "post", path, endorsements=1)[0] == 200


def test_an_endorsement_on_paper_is_of_somebody_whom_staff_see(client, world, complete_gop):
    path = f"{complete_gop.pk}/endorse-on-paper/"
    answers = [
        call(client, world.trainer, "post", path, enrolment=key)[0]
        for key in (EnrolmentFactory().pk, 987654)
    ]
    assert answers == [400, 400]
    assert not complete_gop.completed_version.endorsements.exists()


def test_feedback_goes_both_ways(client, world, pop):
    path = f"{pop.pk}/feedback/"
    asked = {"text": "Wanneer?", "asks_for_more": True}
    status, said = call(client, world.trainer, "post", path, **asked)
    assert (status, said["version"], said["asks_for_more"]) == (201, 1, True)
    assert call(client, world.participant, "post", path, text="In mei.")[0] == 201
    assert call(client, world.participant, "post", path, **asked)[0] == 403
    client.force_login(world.participant)
    said = client.get(f"{LIST}{pop.pk}/").json()["feedback"]
    assert [one["text"] for one in said] == ["Wanneer?", "In mei."]


def test_there_is_nothing_to_say_about_a_plan_without_a_shared_version(client, world):
    plan = actions.plan_for(world.enrolment, by=world.participant)
    assert call(client, world.participant, "post", f"{plan.pk}/feedback/", text="Hoi")[0] == 404


def test_the_list_is_filtered(client, world, pop, gop):
    client.force_login(world.trainer)

    def kinds(query):
        return [plan["kind"] for plan in client.get(LIST + query).json()["results"]]

    assert kinds("") == ["personal", "group"]
    assert kinds("?kind=group") == ["group"]
    assert kinds("?status=complete") == []
    assert kinds(f"?cohort={world.cohort.pk}&ordering=-id") == ["group", "personal"]


def test_a_draft_tells_its_revision_and_who_was_second_gets_a_conflict(client, world):
    plan = actions.plan_for(world.enrolment, by=world.participant)
    path = f"{plan.pk}/versions/"
    draft = call(client, world.participant, "post", path, sections=POP, revision=0)[1]
    assert (draft["number"], draft["revision"]) == (1, 1)
    changed = {"sections": {"goed": "Anders"}}
    again = call(client, world.participant, "post", path, **changed, revision=1)[1]
    assert (again["number"], again["revision"]) == (1, 2)
    status, answer = call(client, world.participant, "post", path, **changed, revision=1)
    assert (status, answer["code"]) == (409, "changed")
    assert plan.versions.count() == 1


def test_several_photos_in_one_request_become_one_pdf(client, world):
    plan = actions.plan_for(world.enrolment, by=world.participant)
    client.force_login(world.participant)
    photos = [upload(corpus.photo(), f"{number}.jpg") for number in range(2)]
    answer = client.post(f"{LIST}{plan.pk}/versions/", {"file": photos, "share": "true"})
    assert answer.status_code == 201
    assert (answer.json()["pages"], answer.json()["shared"]) == (2, True)


def test_sharing_is_taken_back_until_somebody_reads_it(client, world, pop):
    path = f"{pop.pk}/share/"
    status, plan = call(client, world.participant, "delete", path)
    assert (status, plan["status"], plan["versions"][0]["shared"]) == (200, "draft", False)
    call(client, world.participant, "post", path)
    client.force_login(world.trainer)
    assert client.get(f"{LIST}{pop.pk}/").status_code == 200
    status, answer = call(client, world.participant, "delete", path)
    assert (status, answer["code"]) == (400, "was_read")


def test_the_owner_sees_who_read_it_and_nobody_else_does(client, world, pop):
    client.force_login(world.trainer)
    assert client.get(f"{LIST}{pop.pk}/").json()["read_by"] == []
    client.force_login(world.participant)
    [reader] = client.get(f"{LIST}{pop.pk}/").json()["read_by"]
    assert (reader["name"], reader["role"], reader["versions"]) == ("Ellen Brouwer", "trainer", [1])


def test_goals_are_added_changed_ordered_removed_and_restored(client, world, pop):
    me, path = world.participant, f"{pop.pk}/goals/"
    first = call(client, me, "post", path, what="Nee zeggen", until="2027-03-01")[1]
    second = call(client, me, "post", path, what="Vragen")[1]
    assert (first["position"], first["state"], second["position"]) == (1, "not_begun", 2)
    one = f"{path}{first['id']}/"
    assert call(client, me, "patch", one, why="Daarom")[1]["why"] == "Daarom"
    assert call(client, me, "post", f"{one}move/", position=2)[1]["position"] == 2
    assert client.delete(LIST + one).status_code == 204
    client.force_login(me)
    assert [goal["what"] for goal in client.get(f"{LIST}{pop.pk}/").json()["goals"]] == ["Vragen"]
    assert call(client, me, "post", f"{one}restore/")[1]["position"] == 2
    status, answer = call(client, me, "post", path, what=" ")
    assert (status, answer["code"]) == (400, "invalid")
    actions.share(pop, by=me)
    actions.complete(pop, by=world.trainer)
    assert call(client, me, "patch", one, state="done")[1]["state"] == "done"
    status, answer = call(client, me, "patch", one, what="Anders")
    assert (status, answer["code"]) == (400, "is_complete")
    client.force_login(world.trainer)
    plan = client.get(f"{LIST}{pop.pk}/").json()
    assert plan["goals"] == []
    [goals] = [version["goals"] for version in plan["versions"] if version["number"] == 2]
    assert [goal["what"] for goal in goals] == ["Vragen", "Nee zeggen"]


def test_a_section_of_the_gop_is_written_beside_those_of_others(client, world, gop):
    path = f"{gop.pk}/sections/"
    facts = {"text": "Om de beurt", "based_on": 1}
    assert call(client, world.member, "post", f"{path}rollen/", **facts)[0] == 201
    status, version = call(client, world.participant, "post", f"{path}doel/", **facts)
    assert (status, version["sections"]) == (201, {"doel": "Om de beurt", "rollen": "Om de beurt"})
    status, answer = call(client, world.member, "post", f"{path}doel/", text="Anders", based_on=1)
    assert (status, answer["code"]) == (409, "changed")


def test_an_endorsement_from_paper_is_taken_back(client, world, complete_gop):
    path = f"{complete_gop.pk}/endorse-on-paper/"
    member = {"enrolment": world.member_enrolment.pk}
    assert call(client, world.trainer, "post", path, **member)[0] == 200
    status, plan = call(client, world.trainer, "delete", path, **member)
    assert (status, plan["endorsements"]["endorsed"]) == (200, 0)
    status, answer = call(client, world.trainer, "delete", path, **member)
    assert (status, answer["code"]) == (400, "not_endorsed")


def test_feedback_hangs_on_a_section_and_is_answered(client, world, pop):
    path = f"{pop.pk}/feedback/"
    said = call(client, world.trainer, "post", path, text="Welke?", section="leren")[1]
    assert (said["section"], said["page"], said["answers"]) == ("leren", None, None)
    facts = {"text": "Thuis.", "answers": said["id"]}
    status, reply = call(client, world.participant, "post", path, **facts)
    assert (status, reply["answers"]) == (201, said["id"])
    assert call(client, world.participant, "post", path, **facts | {"answers": 987654})[0] == 404
    status, answer = call(client, world.trainer, "post", path, text="?", page=3)
    assert (status, answer["code"]) == (400, "unknown_page")


def test_the_list_asks_as_much_for_one_plan_as_for_three(client, world, pop):
    client.force_login(world.trainer)
    one = queries(client, LIST)
    for _turn in range(2):
        other = EnrolmentFactory(cohort=world.cohort)
        plan = actions.plan_of(other)
        actions.add_version(plan, by=other.participant, sections=POP, share=True)
    assert queries(client, LIST) == one
