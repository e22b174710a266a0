"""Each constraint of interviews, broken once."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories import (
    FinalInterviewFactory,
    InterviewItemFactory,
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


BROKEN = {
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
