import pytest
from django.urls import reverse

from participants.models import Event, FinalInterview
from tests.factories import EnrolmentFactory, FinalInterviewFactory, RoleFactory, UserFactory
from tests.participants.interviews.scene import agree, both_hand_in, finish, hand_in

JSON = "application/json"
LIST = reverse("api:interviews-list")


def at(scene, door):
    return reverse(f"api:interviews-{door}", args=[scene.interview.pk])


def rows(scene, value="good", **extra):
    return [{"criterion": item.pk, "value": value, **extra} for item in scene.items]


def put(client, person, address, data):
    client.force_login(person)
    return client.put(address, data, content_type=JSON)


def post(client, person, address, data=None):
    client.force_login(person)
    return client.post(address, data or {}, content_type=JSON)


def plan_of(scene, **facts):
    return {
        "enrolment": scene.enrolment.pk,
        "planned_at": "2025-06-17T10:00:00+02:00",
        "place": "Huis van de Wijk",
        "assessors": [scene.first.pk, scene.second.pk],
    } | facts


def test_an_interview_in_the_api_holds_the_fields_of_the_contract(client, planned):
    client.force_login(planned.enrolment.participant)
    [found] = client.get(LIST).json()["results"]
    assert found == client.get(at(planned, "detail")).json()
    assert found | {"criteria": found["criteria"][:1]} == {
        "id": planned.interview.pk,
        "enrolment": planned.enrolment.pk,
        "planned_at": "2025-06-17T10:00:00+02:00",
        "place": "Huis van de Wijk",
        "online_link": "",
        "status": "planned",
        "assessors": [
            {"id": planned.first.pk, "name": "Anna Aalders"},
            {"id": planned.second.pk, "name": "Bram Bos"},
        ],
        "criteria": [
            {
                "id": planned.items[0].pk,
                "title": "Grenzen stellen",
                "explanation": "Je zegt op tijd nee.",
                "required": True,
                "value": None,
            }
        ],
        "strengths": "",
        "advice": "",
        "result": None,
    }


def test_a_coordinator_plans_through_the_api(client, scene):
    answer = post(client, scene.coordinator, LIST, plan_of(scene))
    assert answer.status_code == 201, answer.json()
    assert answer.json()["id"] == FinalInterview.objects.get().pk
    assert len(answer.json()["criteria"]) == 3


def test_a_reason_for_a_trainer_goes_through_the_api(client, scene):
    RoleFactory(user=scene.first, cohort=scene.cohort)
    answer = post(client, scene.coordinator, LIST, plan_of(scene))
    assert (answer.status_code, answer.json()["code"]) == (400, "guided_the_participant")
    reasons = {"guided_reasons": {str(scene.first.pk): "Niemand anders kan."}}
    assert post(client, scene.coordinator, LIST, plan_of(scene, **reasons)).status_code == 201


def test_a_refusal_has_its_code(client, planned):
    answer = post(client, planned.coordinator, LIST, plan_of(planned))
    assert (answer.status_code, answer.json()["code"]) == (400, "already_planned")


def test_a_stranger_as_assessor_and_nobody_are_the_same_refusal(client, scene):
    stranger = plan_of(scene, assessors=[scene.first.pk, UserFactory().pk])
    nobody = plan_of(scene, assessors=[scene.first.pk, 987_654_321])
    answers = [post(client, scene.coordinator, LIST, body) for body in (stranger, nobody)]
    assert {answer.status_code for answer in answers} == {400}
    assert answers[0].json() == answers[1].json()


def test_an_enrolment_of_others_and_none_are_the_same_refusal(client, scene):
    client.force_login(scene.first)
    foreign = EnrolmentFactory().pk
    answers = [
        post(client, scene.first, LIST, plan_of(scene, enrolment=pk)).content.decode()
        for pk in (foreign, 987_654_321)
    ]
    assert answers[0].replace(str(foreign), "987654321") == answers[1]


@pytest.mark.parametrize("who", ["first", "participant"])
def test_only_a_coordinator_plans_through_the_api(client, scene, who):
    scene.participant = scene.enrolment.participant
    assert post(client, getattr(scene, who), LIST, plan_of(scene)).status_code == 403


def test_from_ratings_to_a_result_through_the_api(client, planned):
    whole = {"ratings": rows(planned, notes="Zag ik"), "independent": True, "hand_in": True}
    first = put(client, planned.first, at(planned, "ratings"), whole).json()
    assert (first["hand_in"], first["independent"], first["everyone_rated"]) == (True, True, False)
    assert len(first["ratings"]) == 3
    second = put(client, planned.second, at(planned, "ratings"), whole).json()
    assert second["everyone_rated"] and len(second["ratings"]) == 6
    body = {"joint": rows(planned), "strengths": "Je luistert.", "advice": "Oefen."}
    agreed = put(client, planned.second, at(planned, "joint"), body).json()
    assert {one["value"] for one in agreed["criteria"]} == {"good"}
    final = post(client, planned.second, at(planned, "finalise"))
    assert (final.status_code, final.json()["result"]) == (200, "pass")


def test_a_draft_is_kept_through_the_api(client, planned):
    one = {"ratings": [{"criterion": planned.items[0].pk, "value": "", "notes": "Eerst dit"}]}
    answer = put(client, planned.first, at(planned, "ratings"), one)
    assert answer.json()["ratings"] == [
        {
            "criterion": planned.items[0].pk,
            "assessor": planned.first.pk,
            "value": "",
            "notes": "Eerst dit",
        }
    ]
    assert not answer.json()["hand_in"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"hand_in": True, "independent": True}, "ratings_incomplete"),
        ({"ratings": [{"criterion": 0, "value": "good"}]}, "unknown_criterion"),
        ({"ratings": [{"criterion": 0, "value": "8"}]}, "invalid"),
    ],
)
def test_ratings_that_cannot_be_kept_are_refused(client, planned, data, code):
    answer = put(client, planned.first, at(planned, "ratings"), data)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert not planned.interview.seats.filter(independent_at__isnull=False).exists()


def test_handing_in_without_the_declaration_is_refused(client, planned):
    data = {"ratings": rows(planned), "hand_in": True}
    answer = put(client, planned.first, at(planned, "ratings"), data)
    assert answer.json()["code"] == "independence_not_declared"


def test_a_silent_difference_is_refused_through_the_api(client, planned):
    both_hand_in(planned, "not_yet", "good")
    answer = put(client, planned.first, at(planned, "joint"), {"joint": rows(planned)})
    assert (answer.status_code, answer.json()["code"]) == (400, "motivation_needed")


def test_too_early_and_too_late_are_refused_through_the_api(client, planned):
    hand_in(planned, planned.first)
    early = put(client, planned.first, at(planned, "joint"), {"joint": rows(planned)})
    assert early.json()["code"] == "ratings_not_in"
    hand_in(planned, planned.second)
    agree(planned)
    assert post(client, planned.first, at(planned, "finalise")).status_code == 200
    late = post(client, planned.second, at(planned, "finalise"))
    assert (late.status_code, late.json()["code"]) == (400, "already_final")


@pytest.mark.parametrize("door", ["ratings", "joint"])
@pytest.mark.parametrize(
    ("who", "status"), [("coordinator", 403), ("participant", 403), ("third", 404)]
)
def test_ratings_are_for_who_sits(client, planned, door, who, status):
    planned.participant = planned.enrolment.participant
    person = getattr(planned, who)
    body = {"ratings": rows(planned)} if door == "ratings" else {"joint": rows(planned)}
    assert put(client, person, at(planned, door), body).status_code == status
    if door == "ratings":
        assert client.get(at(planned, door)).status_code == status


def test_not_yours_looks_like_not_there(client, planned):
    client.force_login(planned.third)
    hidden = client.get(at(planned, "detail"))
    absent = client.get(reverse("api:interviews-detail", args=[987_654_321]))
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content


def test_reading_results_of_others_through_the_api_is_noted(client, planned):
    finish(planned)
    client.force_login(planned.coordinator)
    client.get(LIST)
    client.get(at(planned, "detail"))
    client.force_login(planned.enrolment.participant)
    client.get(LIST)
    reads = Event.objects.reads().values_list("actor", flat=True)
    assert list(reads) == [planned.coordinator.pk] * 2


def test_lists_are_filtered_and_ordered(client, planned):
    other = FinalInterviewFactory(enrolment__cohort=planned.cohort, passed=True)
    client.force_login(planned.coordinator)

    def found(**asked):
        return [one["id"] for one in client.get(LIST, asked).json()["results"]]

    assert found(status="final") == [other.pk]
    assert found(enrolment=planned.enrolment.pk) == [planned.interview.pk]
    assert found(cohort=planned.cohort.pk, ordering="-id") == [other.pk, planned.interview.pk]
    assert client.get(LIST, {"cohort": 987_654_321}).status_code == 400
