import pytest
from django.db import IntegrityError

from tests.factories import (
    CohortFactory,
    EndorsementFactory,
    EnrolmentFactory,
    FeedbackFactory,
    GopFactory,
    PlanVersionFactory,
    PopFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "facts",
    [
        lambda: {"cohort": CohortFactory()},
        lambda: {"enrolment": None},
        lambda: {"kind": "group"},
        lambda: {"kind": "other"},
    ],
)
def test_a_pop_has_a_person_and_a_gop_a_cohort(facts):
    with pytest.raises(IntegrityError, match="a_pop_has_a_person_and_a_gop_a_cohort"):
        PopFactory(**facts())


def test_a_person_has_one_pop_and_a_cohort_one_gop():
    enrolment, cohort = EnrolmentFactory(), CohortFactory()
    PopFactory(enrolment=enrolment), GopFactory(cohort=cohort)
    with pytest.raises(IntegrityError):
        PopFactory(enrolment=enrolment)


def test_a_cohort_has_one_gop():
    cohort = GopFactory().cohort
    with pytest.raises(IntegrityError):
        GopFactory(cohort=cohort)


@pytest.mark.parametrize(
    "facts",
    [lambda: {"status": "complete"}, lambda: {"completed_by": UserFactory()}],
)
def test_a_complete_plan_knows_version_moment_and_who(facts):
    with pytest.raises(IntegrityError, match="a_complete_plan_knows_version_moment_and_who"):
        PopFactory(**facts())


def test_versions_are_numbered_once():
    version = PlanVersionFactory()
    with pytest.raises(IntegrityError):
        PlanVersionFactory(plan=version.plan, number=version.number)


def test_a_version_is_a_file_or_sections():
    with pytest.raises(IntegrityError, match="a_version_is_a_file_or_sections"):
        PlanVersionFactory(sections=None)


def test_feedback_says_something():
    with pytest.raises(IntegrityError, match="feedback_says_something"):
        FeedbackFactory(text="")


def test_a_version_is_endorsed_once_by_a_member():
    given = EndorsementFactory()
    with pytest.raises(IntegrityError):
        EndorsementFactory(version=given.version, enrolment=given.enrolment)
