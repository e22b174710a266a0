"""Setting up by the other door: the same acts, the same refusals."""

import pytest
import time_machine
from rest_framework.test import APIClient

from participants.models import Cohort, Enrolment, InterviewCriterion, LearningTrack
from tests.factories import (
    ChecklistItemFactory,
    CohortFactory,
    EnrolmentFactory,
    ExemptionFactory,
    InterviewCriterionFactory,
    LearningPlaceFactory,
    LearningTrackFactory,
    PauseFactory,
    PlacementFactory,
    RoleFactory,
    SessionFactory,
    TrainingFactory,
    ready_enrolment,
)

WHY = "De funder vraagt 50 uur"
DAYS = {"name": "Lichting 9", "starts_on": "2026-01-05", "ends_on": "2026-07-10"}


@pytest.fixture(autouse=True)
def under_way(db):
    with time_machine.travel("2025-04-01 12:00 +0200", tick=False):
        yield


@pytest.fixture
def coordinator():
    return RoleFactory(coordinator=True).user


@pytest.fixture
def office(coordinator):
    return api(coordinator)


@pytest.fixture
def cohort():
    return CohortFactory()


def api(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


def post(client, address, **sent):
    return client.post(f"/api/v1/{address}", sent, format="json")


def refused(response, code, status=400):
    assert (response.status_code, response.json()["code"]) == (status, code)


# Tracks and what they ask


def test_a_track_is_made_named_put_away_and_taken_back(office):
    paper = {
        "provider": "Stichting De Leerkring",
        "first_signatory": "Johanna Wiersma",
        "first_signatory_role": "directeur",
        "second_signatory": "Ellen Brouwer",
        "second_signatory_role": "coördinator",
    }
    made = post(office, "tracks/", name="Leerlijn Informele zorg", **paper).json()
    assert (made["work_minutes"], made["is_active"]) == (3600, True)
    here = f"tracks/{made['id']}/"
    changed = office.patch(f"/api/v1/{here}", {"description": "Over zorg"}, format="json").json()
    assert (changed["name"], changed["description"]) == ("Leerlijn Informele zorg", "Over zorg")
    assert post(office, f"{here}archive/").json()["is_active"] is False
    refused(post(office, f"{here}archive/"), "already_archived")
    assert post(office, f"{here}restore/").json()["is_active"] is True
    taken = post(office, "tracks/", name="Leerlijn Informele zorg", **paper)
    assert "name" in taken.json()["fields"]


def test_norms_of_a_track_change_with_a_reason(office):
    track = LearningTrackFactory()
    answer = post(office, f"tracks/{track.pk}/norms/", work_minutes=3000, reason=WHY)
    assert answer.json()["work_minutes"] == 3000
    again = post(office, f"tracks/{track.pk}/norms/", work_minutes=3000, reason=WHY)
    refused(again, "norms_unchanged")
    assert "reason" in post(office, f"tracks/{track.pk}/norms/", work_minutes=60).json()["fields"]


def test_criteria_are_added_moved_reworded_and_put_away(office, cohort):
    first = InterviewCriterionFactory(track=cohort.track, position=1, title="Grenzen stellen")
    made = post(office, "criteria/", track=cohort.track_id, title="Samenwerken").json()
    assert (made["position"], made["required"]) == (2, True)
    assert post(office, f"criteria/{made['id']}/up/").json()["position"] == 1
    assert post(office, f"criteria/{made['id']}/down/").json()["position"] == 2
    address = f"/api/v1/criteria/{first.pk}/"
    new = office.patch(address, {"title": "Nee zeggen"}, format="json").json()
    assert office.get(address).json()["replaced_by"] == new["id"] != first.pk
    assert post(office, f"criteria/{new['id']}/archive/").json()["is_active"] is False
    refused(post(office, f"criteria/{first.pk}/restore/"), "was_replaced")
    # The cohort that began has what it had.
    asked = office.get(f"/api/v1/criteria/?cohort={cohort.pk}").json()["results"]
    assert [each["title"] for each in asked] == ["Grenzen stellen"]
    every = office.get(f"/api/v1/criteria/?track={cohort.track_id}").json()["results"]
    assert len(every) == InterviewCriterion.objects.count() == 3


# Cohorts


def test_a_cohort_is_made_copied_and_put_away(office, cohort):
    left = SessionFactory(cohorts=[cohort])
    SessionFactory(cohorts=[cohort], title="Mee")
    made = post(office, "cohorts/", track=cohort.track_id, **DAYS)
    assert (made.status_code, made.json()["work_minutes"]) == (201, 3600)
    copy = post(office, f"cohorts/{cohort.pk}/copy/", **{**DAYS, "name": "X"}, without=[left.pk])
    there = Cohort.objects.get(pk=copy.json()["id"])
    assert [each.title for each in there.sessions.all()] == ["Mee"]
    assert post(office, f"cohorts/{there.pk}/archive/").status_code == 200
    assert office.get(f"/api/v1/cohorts/{there.pk}/").status_code == 404
    assert post(office, f"cohorts/{there.pk}/restore/").json()["name"] == "X"
    EnrolmentFactory(cohort=there)
    refused(post(office, f"cohorts/{there.pk}/archive/"), "has_people")


def test_norms_are_looked_at_before_they_change(office, cohort):
    short = ready_enrolment(cohort=cohort, work=3000)
    here = f"cohorts/{cohort.pk}/norms"
    seen = post(office, f"{here}-preview/", work_minutes=3000).json()
    assert (seen["before"], seen["after"]) == ({"work_minutes": 3600}, {"work_minutes": 3000})
    assert seen["turns"] == [
        {
            "enrolment": short.pk,
            "gained": ["work"],
            "lost": [],
            "met_before": False,
            "met_after": True,
        }
    ]
    assert Cohort.objects.get(pk=cohort.pk).work_minutes == 3600
    stale = post(office, f"{here}/", work_minutes=3000, reason=WHY, seen="anders")
    refused(stale, "changed", 409)
    post(office, f"{here}/", work_minutes=3000, reason=WHY, seen=seen["seen"])
    assert Cohort.objects.get(pk=cohort.pk).work_minutes == 3000


@pytest.mark.parametrize(
    "norms", [{"work_minutes": 0}, {"quiet_days": 32768}, {"may_miss_one_in": -1}]
)
def test_a_norm_that_cannot_be_is_refused_beside_its_field(office, cohort, norms):
    for address in (f"cohorts/{cohort.pk}/norms-preview/", f"tracks/{cohort.track_id}/norms/"):
        answer = post(office, address, reason=WHY, **norms)
        assert (answer.status_code, list(answer.json()["fields"])) == (400, list(norms))


# The catalogue, places and their list


def test_a_training_is_put_in_the_catalogue_dated_and_taken_out(office, cohort):
    facts = {"title": "Beter vragen stellen", "minutes": 180, "provider": "De Leerkring"}
    made = post(office, "trainings/", track=cohort.track_id, **facts).json()
    here = f"trainings/{made['id']}/"
    day = post(office, f"{here}dates/", date="2025-05-20", starts_at="10:00").json()
    shown = office.get(f"/api/v1/{here}").json()
    assert [each["date"] for each in shown["dates"]] == ["2025-05-20"]
    assert office.delete(f"/api/v1/{here}dates/{day['id']}/").status_code == 204
    assert office.patch(f"/api/v1/{here}", {"minutes": 60}, format="json").json()["minutes"] == 60
    post(office, f"{here}archive/")
    assert office.get(f"/api/v1/{here}").status_code == 404
    assert post(office, f"{here}restore/").json()["title"] == "Beter vragen stellen"


def test_a_day_of_another_training_is_not_there(office):
    one, other = TrainingFactory(), TrainingFactory()
    day = post(office, f"trainings/{one.pk}/dates/", date="2025-05-20").json()["id"]
    assert office.delete(f"/api/v1/trainings/{other.pk}/dates/{day}/").status_code == 404


def test_somebody_is_placed_and_what_is_arranged_is_ticked_off(office, cohort):
    item = ChecklistItemFactory(track=cohort.track, text="Kennismaking geweest")
    place = post(office, "learning-places/", organisation="De Brug", team="Oosterhoek").json()
    placed = post(
        office,
        "placements/",
        enrolment=EnrolmentFactory(cohort=cohort).pk,
        place=place["id"],
        supervisor_name="Karim Zonneveld",
        form="volunteer",
        starts_on="2025-02-03",
    ).json()
    assert (placed["supervisor"], placed["arranged"], placed["to_arrange"]) == (
        "Karim Zonneveld",
        0,
        1,
    )
    here = f"placements/{placed['id']}/"
    [ticked] = post(office, f"{here}tick/", item=item.pk).json()
    assert (ticked["text"], bool(ticked["ticked_by"])) == ("Kennismaking geweest", True)
    refused(post(office, f"{here}tick/", item=item.pk), "already_ticked")
    assert office.get(f"/api/v1/{here}").json()["arranged"] == 1
    assert post(office, f"{here}untick/", item=item.pk).json()[0]["ticked_at"] is None
    assert post(office, f"{here}supervise/", name="Lidia").json()["supervisor"] == "Lidia"
    assert post(office, f"{here}end/", on="2025-05-30").json()["ends_on"] == "2025-05-30"


def test_the_list_of_a_track_is_set(office, cohort):
    made = post(office, "checklist-items/", track=cohort.track_id, text="Afspraken").json()
    here = f"checklist-items/{made['id']}/"
    assert post(office, f"{here}archive/").json()["is_active"] is False
    assert post(office, f"{here}restore/").json()["is_active"] is True
    refused(post(office, f"{here}restore/"), "in_use")


def test_a_participant_sees_the_own_place_and_no_other():
    placement = PlacementFactory()
    LearningPlaceFactory()
    own = api(placement.enrolment.participant)
    for resource, key in (("learning-places", placement.place_id), ("placements", placement.pk)):
        rows = own.get(f"/api/v1/{resource}/").json()["results"]
        assert [row["id"] for row in rows] == [key]


# Pauses, exemptions, admission


def test_a_pause_is_asked_for_confirmed_ended_and_taken_away(office, cohort):
    enrolment = EnrolmentFactory(cohort=cohort)
    own = api(enrolment.participant)
    asked = post(own, "pauses/", enrolment=enrolment.pk, starts_on="2025-03-03").json()
    assert asked["confirmed_at"] is None
    here = f"pauses/{asked['id']}/"
    assert post(office, f"{here}confirm/").json()["confirmed_at"]
    refused(post(office, f"{here}confirm/"), "already_confirmed")
    assert post(own, f"{here}end/", on="2025-03-31").json()["ends_on"] == "2025-03-31"
    refused(own.delete(f"/api/v1/{here}"), "already_confirmed")
    assert office.delete(f"/api/v1/{here}").status_code == 204
    overlap = {"enrolment": enrolment.pk, "starts_on": "2025-05-01"}
    post(own, "pauses/", **overlap)
    refused(post(own, "pauses/", **overlap), "overlaps")


def test_an_exemption_is_given_with_a_reason_and_withdrawn(office, cohort):
    facts = {"enrolment": EnrolmentFactory(cohort=cohort).pk, "criterion": "study"}
    assert "reason" in post(office, "exemptions/", **facts).json()["fields"]
    made = post(office, "exemptions/", **facts, minutes=600, reason="Volgde dit al").json()
    refused(post(office, "exemptions/", **facts, reason="Nog eens"), "already_exempted")
    assert post(office, f"exemptions/{made['id']}/withdraw/").json()["withdrawn_at"]


@pytest.mark.parametrize(("act", "status"), [("admit", "active"), ("decline", "declined")])
def test_an_application_is_decided_with_a_reason(office, cohort, act, status):
    applicant = EnrolmentFactory(cohort=cohort, applied=True)
    here = f"enrolments/{applicant.pk}/{act}/"
    assert "reason" in post(office, here).json()["fields"]
    assert post(office, here, reason="Past bij de groep").json()["status"] == status
    assert Enrolment.objects.get(pk=applicant.pk).status == status
    refused(post(office, here, reason="Nog eens"), "already_decided")


@pytest.mark.parametrize(
    ("resource", "more"),
    [
        ("pauses", PauseFactory),
        ("exemptions", ExemptionFactory),
        ("placements", PlacementFactory),
    ],
)
def test_lists_take_as_many_queries_for_three_as_for_one(
    coordinator, office, cohort, resource, more, django_assert_num_queries
):
    def add():
        more(enrolment=EnrolmentFactory(cohort=cohort))

    def look():
        return office.get(f"/api/v1/{resource}/?cohort={cohort.pk}").json()["results"]

    add()
    with django_assert_num_queries(1):
        assert len(look()) == 1
    add(), add()
    more()
    with django_assert_num_queries(1):
        assert len(look()) == 3


def test_a_track_is_not_there_for_who_does_not_arrange_it():
    track = LearningTrackFactory()
    own = api(RoleFactory(kind="coordinator").user)
    assert own.get(f"/api/v1/tracks/{track.pk}/").status_code == 404
    assert track not in LearningTrack.objects.set_up_by(own.handler._force_user)
