import json

import pypdfium2
import pytest

from certificates import actions, documents, facts
from certificates.documents.wording import USUAL
from participants.models import Enrolment
from tests.certificates.example import FACTS
from tests.factories import (
    ExemptionFactory,
    FinalInterviewFactory,
    HourEntryFactory,
    InterviewCriterionFactory,
    InterviewItemFactory,
    PlacementFactory,
    SeatFactory,
    TrainingChoiceFactory,
    ready_enrolment,
)
from tests.factories.cohorts import MOMENT

pytestmark = pytest.mark.django_db


def facts_when_issued(enrolment, by):
    return actions.issue(enrolment, by=by).facts


def test_the_facts_hold_every_key_that_the_paper_asks(coordinator):
    enrolment = ready_enrolment()
    certificate = actions.issue(enrolment, by=coordinator)
    track, cohort = enrolment.cohort.track, enrolment.cohort
    told = certificate.facts
    assert (told["track"], told["cohort"]) == (track.name, cohort.name)
    assert (told["period_start"], told["period_end"]) == ("2025-01-06", "2025-07-11")
    assert (told["provider"], told["partners"]) == (track.provider, track.partners)
    assert told["place"] == track.place
    assert told["signatories"] == [
        {"name": "Johanna Wiersma", "role": "directeur", "signature": ""},
        {"name": "Ellen Brouwer", "role": "coördinator van de leerlijn", "signature": ""},
    ]
    assert {key: told[key] for key in USUAL} == USUAL
    assert told["logo"] == ""
    assert told["check_url"] == f"http://testserver/controle/{certificate.code}/"
    assert told["check_host"] == "testserver/controle"
    assert told["hand_code"] == certificate.hand_code
    assert json.loads(json.dumps(told)) == told


def test_hours_are_split_by_kind_and_place_and_add_up(coordinator):
    enrolment = ready_enrolment(without=["work"])
    places = [PlacementFactory(enrolment=enrolment) for _place in range(2)]
    for placement, minutes in zip([*places, None], [600, 900, 300], strict=True):
        for _entry in range(2):
            HourEntryFactory(
                enrolment=enrolment, placement=placement, minutes=minutes, approved=True
            )
    HourEntryFactory(enrolment=enrolment, placement=places[0], minutes=60)  # waits for approval
    told = facts_when_issued(enrolment, coordinator)
    assert told["hours"] == [
        {"label": "Studie: bijeenkomsten", "minutes": 2},
        {"label": "Studie: trainingen en zelfstudie", "minutes": 3598},
        {"label": f"Werk: {places[1].place.team}", "minutes": 1800},
        {"label": f"Werk: {places[0].place.team}", "minutes": 1200},
        {"label": "Werk: elders", "minutes": 600},
    ]
    assert sum(row["minutes"] for row in told["hours"]) == (
        told["study_minutes"] + told["work_minutes"]
    )


def test_work_without_any_place_is_one_row():
    assert facts._per_place([("", 3600)], 3600) == [("Werk", 3600)]


def test_places_that_do_not_add_up_to_what_the_norm_read_are_one_row():
    assert facts._per_place([("Buurtteam", 3660)], 3600) == [("Werk", 3600)]


def test_only_trainings_that_were_followed_are_listed(coordinator):
    enrolment = ready_enrolment()
    done = TrainingChoiceFactory(enrolment=enrolment, status="completed")
    TrainingChoiceFactory(enrolment=enrolment)
    own = TrainingChoiceFactory(enrolment=enrolment, own=True, status="completed")
    assert facts_when_issued(enrolment, coordinator)["trainings"] == [done.title, own.title]


def rated(interview, *values):
    for value in values:
        criterion = InterviewCriterionFactory(track=interview.enrolment.cohort.track)
        InterviewItemFactory(interview=interview, criterion=criterion, joint_value=value)


def test_what_was_shown_stands_there_in_words(coordinator):
    enrolment = ready_enrolment()
    interview = enrolment.interviews.get()
    rated(interview, "good", "sufficient", "not_yet")
    told = facts_when_issued(enrolment, coordinator)
    assert [row["rating"] for row in told["ratings"]] == [
        "goed laten zien",
        "voldoende laten zien",
    ]
    assert told["method"].startswith("Twee beoordelaars hielden")


def test_a_resit_adds_to_what_was_shown_before(coordinator):
    enrolment = ready_enrolment(without=["interview"])
    first = FinalInterviewFactory(enrolment=enrolment, not_yet=True)
    rated(first, "good", "not_yet")
    resit = FinalInterviewFactory(enrolment=enrolment, passed=True)
    missed = first.items.get(joint_value="not_yet")
    InterviewItemFactory(
        interview=resit,
        criterion=missed.criterion,
        title=missed.title,
        position=missed.position,
        joint_value="sufficient",
    )
    told = facts_when_issued(enrolment, coordinator)
    assert [row["rating"] for row in told["ratings"]] == [
        "goed laten zien",
        "voldoende laten zien",
    ]


def test_attendance_says_how_often_somebody_was_there(coordinator):
    enrolment = ready_enrolment()
    assert facts_when_issued(enrolment, coordinator)["attendance"] == [
        {"label": "Lessen", "achieved": 1, "required": 1},
        {"label": "Intervisie", "achieved": 1, "required": 1},
    ]


@pytest.mark.parametrize(
    "key", ["work", "study", "lessons", "intervision", "pop", "gop", "interview"]
)
def test_an_exemption_is_nowhere_on_the_paper(coordinator, key):
    enrolment = ready_enrolment(without=[key])
    ExemptionFactory(enrolment=enrolment, criterion=key, reason="Kanarie")
    told = facts_when_issued(enrolment, coordinator)
    text = json.dumps(told).lower()
    assert "vrijstelling" not in text
    assert "kanarie" not in text
    assert told["conditions"] == USUAL["conditions"]
    assert documents.certificate_pdf(told)


def test_ratings_of_a_talk_that_was_not_passed_stay_private(coordinator):
    enrolment = ready_enrolment(without=["interview"])
    rated(FinalInterviewFactory(enrolment=enrolment, not_yet=True), "good", "not_yet")
    ExemptionFactory(enrolment=enrolment, criterion="interview")
    told = facts_when_issued(enrolment, coordinator)
    assert (told["ratings"], told["method"]) == ([], "")


@pytest.mark.parametrize(
    ("assessors", "start"), [(1, "Een beoordelaar hield"), (3, "Drie beoordelaars hielden")]
)
def test_the_method_says_how_many_assessors_there_were(coordinator, assessors, start):
    enrolment = ready_enrolment()
    alone = {"alone_reason": "De ander was ziek.", "recorded_how": "Met een verslag."}
    enrolment.interviews.update(assessor_count=assessors, **(alone if assessors == 1 else {}))
    rated(enrolment.interviews.get(), "good")
    assert facts_when_issued(enrolment, coordinator)["method"].startswith(start)


def test_the_method_counts_who_rated_where_no_number_was_written_down(coordinator):
    enrolment = ready_enrolment()
    talk = enrolment.interviews.get()
    enrolment.interviews.update(assessor_count=None)
    SeatFactory.create_batch(2, interview=talk, rated=True)
    SeatFactory(interview=talk, left_at=MOMENT)
    rated(talk, "good")
    assert facts_when_issued(enrolment, coordinator)["method"].startswith("Twee beoordelaars")


def test_finding_the_facts_of_many_takes_five_questions(django_assert_num_queries):
    cohort = ready_enrolment().cohort
    ready_enrolment(cohort=cohort)
    everybody = list(Enrolment.objects.all())
    with django_assert_num_queries(5):
        facts.findings(everybody)


def test_without_ratings_the_supplement_has_no_empty_heading():
    pdf = documents.certificate_pdf({**FACTS, "ratings": [], "method": ""})
    text = pypdfium2.PdfDocument(pdf)[1].get_textpage().get_text_bounded()
    assert "eindgesprek" not in text
    assert "Uren" in text
