"""Each constraint of interviews, broken once."""

import pytest
from django.db import IntegrityError, transaction

from participants.models import Amendment, InterviewReply
from tests.factories import (
    EvidenceItemFactory,
    FinalInterviewFactory,
    InterviewItemFactory,
    ObjectionFactory,
    PlanVersionFactory,
    RatingFactory,
    SeatFactory,
    UserFactory,
)
from tests.factories.cohorts import MOMENT

pytestmark = pytest.mark.django_db


def second_planned():
    FinalInterviewFactory(enrolment=FinalInterviewFactory().enrolment)


def second_pass():
    FinalInterviewFactory(enrolment=FinalInterviewFactory(passed=True).enrolment, passed=True)


def final_without_result():
    FinalInterviewFactory(finalised=True)


def result_without_final():
    FinalInterviewFactory(result="pass")


def same_assessor_twice():
    seat = SeatFactory()
    SeatFactory(interview=seat.interview, assessor=seat.assessor)


def rated_without_declaring():
    SeatFactory(rated=True, independent_at=None)


def left_after_rating():
    SeatFactory(rated=True, left_at=MOMENT)


def same_criterion_twice():
    item = InterviewItemFactory()
    InterviewItemFactory(interview=item.interview, criterion=item.criterion)


def joint_mark():
    InterviewItemFactory(joint_value="7")


def rated_twice():
    rating = RatingFactory()
    RatingFactory(seat=rating.seat, item=rating.item)


def mark():
    RatingFactory(value="7")


def two_kinds_of_evidence():
    EvidenceItemFactory(text="Ook een tekst")


def no_evidence():
    EvidenceItemFactory(goal=None)


def page_of_nothing():
    EvidenceItemFactory(goal=None, text="Tekst", page=2)


def goal_twice():
    item = EvidenceItemFactory()
    EvidenceItemFactory(enrolment=item.enrolment, goal=item.goal)


def page_twice():
    version = PlanVersionFactory()
    facts = {"enrolment": version.plan.enrolment, "goal": None, "version": version, "page": 2}
    EvidenceItemFactory(**facts)
    EvidenceItemFactory(**facts)


def upload_twice():
    version = PlanVersionFactory()
    facts = {"enrolment": version.plan.enrolment, "goal": None, "version": version}
    EvidenceItemFactory(**facts)
    EvidenceItemFactory(**facts)


def goal_kept_before_the_end():
    EvidenceItemFactory(goal_as_was={"what": "x"})


def alone_without_words():
    FinalInterviewFactory(passed=True, assessor_count=1, alone_reason="Ziek")


def empty_reply():
    interview = FinalInterviewFactory(passed=True)
    InterviewReply.objects.create(interview=interview, author=UserFactory(), text="")


def two_objections():
    ObjectionFactory(interview=ObjectionFactory().interview)


def objection_without_words():
    ObjectionFactory(text="")


def half_a_decision():
    ObjectionFactory(outcome="upheld", motivation="Klopt")


def amendment(**facts):
    item = InterviewItemFactory(joint_value="good")
    values = {"old_value": "not_yet", "new_value": "good", "reason": "Klopt"} | facts
    Amendment.objects.create(item=item, decided_by=UserFactory(), **values)


BROKEN = {
    "a_piece_of_evidence_is_of_one_kind": two_kinds_of_evidence,
    "a_piece_of_evidence_is_of_one_kind: none": no_evidence,
    "a_piece_of_evidence_is_of_one_kind: page": page_of_nothing,
    "a_goal_is_in_the_file_once": goal_twice,
    "a_page_is_in_the_file_once": page_twice,
    "a_whole_upload_is_in_the_file_once": upload_twice,
    "a_goal_is_kept_as_it_was_with_a_talk": goal_kept_before_the_end,
    "one_assessor_says_why_and_how_the_talk_was_recorded": alone_without_words,
    "a_reply_says_something": empty_reply,
    "one_objection_at_a_time": two_objections,
    "an_objection_says_why": objection_without_words,
    "an_objection_is_decided_by_someone_with_a_motivation_or_open": half_a_decision,
    "an_amendment_has_a_reason": lambda: amendment(reason=""),
    "an_amendment_changes_something": lambda: amendment(old_value="good"),
    "an_amendment_is_between_two_of_three": lambda: amendment(new_value="8"),
    "one_interview_at_a_time": second_planned,
    "an_interview_is_passed_once": second_pass,
    "a_final_interview_has_a_result_and_an_open_one_has_none": final_without_result,
    "an_assessor_has_one_seat": same_assessor_twice,
    "who_rates_has_declared_independence": rated_without_declaring,
    "who_has_rated_stays_seated": left_after_rating,
    "a_criterion_is_asked_once_an_interview": same_criterion_twice,
    "a_joint_rating_is_one_of_three": joint_mark,
    "a_seat_rates_a_criterion_once": rated_twice,
    "a_rating_is_one_of_three_or_a_draft": mark,
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name):
    with pytest.raises(IntegrityError), transaction.atomic():
        BROKEN[name]()


def test_an_open_interview_has_no_result():
    with pytest.raises(IntegrityError), transaction.atomic():
        result_without_final()


def test_a_seat_that_was_left_may_be_taken_again():
    seat = SeatFactory(left_at=MOMENT)
    SeatFactory(interview=seat.interview, assessor=seat.assessor)
    assert seat.interview.seats.taken().count() == 1


def test_attempts_that_did_not_pass_stand_beside_each_other():
    enrolment = FinalInterviewFactory(not_yet=True).enrolment
    FinalInterviewFactory(enrolment=enrolment, not_yet=True)
    FinalInterviewFactory(enrolment=enrolment, finalised_by=None, status="not_held")
    FinalInterviewFactory(enrolment=enrolment, planned_by=UserFactory())
    assert enrolment.interviews.count() == 4
