import datetime as dt

import pytest
import time_machine
from django.db import models
from django.db.models import F
from django.template import engines

from participants import progress
from participants.models import Enrolment, Session, User
from participants.once import Once
from tests.factories import (
    AttendanceFactory,
    CohortFactory,
    EnrolmentFactory,
    ExemptionFactory,
    FeedbackFactory,
    FinalInterviewFactory,
    GopFactory,
    HourEntryFactory,
    PauseFactory,
    PlanVersionFactory,
    PopFactory,
    SessionFactory,
    ready_enrolment,
)
from tests.factories.plans import completed

pytestmark = pytest.mark.django_db

KEYS = ["work", "study", "lessons", "intervision", "pop", "gop", "interview"]


def met(enrolment):
    return progress.of(Enrolment.objects.all()).get(pk=enrolment.pk).criteria_met


def open_registers(enrolment):
    found = progress.of(Enrolment.objects.all()).get(pk=enrolment.pk)
    return found.standing["lessons_open_registers"]


def line(enrolment, key):
    found = progress.of(Enrolment.objects.all()).get(pk=enrolment.pk)
    return next(line for line in progress.lines(found) if line["key"] == key)


def test_all_seven_criteria_together_are_enough():
    enrolment = ready_enrolment()
    assert met(enrolment)
    assert [line(enrolment, key)["waiting_on"] for key in KEYS] == [None] * 7


@pytest.mark.parametrize("missing", KEYS)
def test_any_one_missing_criterion_is_too_little(missing):
    enrolment = ready_enrolment(without=[missing])
    unmet = [key for key in KEYS if not line(enrolment, key)["met"]]
    assert unmet == [missing]
    assert not met(enrolment)
    assert line(enrolment, missing)["waiting_on"]


@pytest.mark.parametrize("kind", ["work", "study"])
@pytest.mark.parametrize(("minutes", "enough"), [(3599, False), (3600, True), (3601, True)])
def test_the_norm_itself_is_enough_and_one_minute_less_is_not(kind, minutes, enough):
    enrolment = ready_enrolment(**{kind: minutes})
    assert met(enrolment) is enough
    assert line(enrolment, kind)["achieved"] == minutes


def test_surplus_of_one_kind_does_not_pay_for_the_other():
    enrolment = ready_enrolment(without=["study"], work=7200)
    assert line(enrolment, "work")["achieved"] == 7200
    assert not met(enrolment)


@pytest.mark.parametrize("state", [{}, {"draft": True}, {"returned": True}, {"withdrawn": True}])
def test_minutes_nobody_approved_do_not_count(state):
    enrolment = ready_enrolment(without=["work"])
    for day in range(1, 6):
        HourEntryFactory(enrolment=enrolment, minutes=900, date=dt.date(2025, 3, day), **state)
    assert not met(enrolment)
    assert line(enrolment, "work")["achieved"] == 0


def test_submitted_minutes_are_shown_apart():
    enrolment = EnrolmentFactory()
    HourEntryFactory(enrolment=enrolment, minutes=90)
    HourEntryFactory(enrolment=enrolment, minutes=30, approved=True)
    work = line(enrolment, "work")
    assert (work["achieved"], work["submitted"], work["required"]) == (30, 90, 3600)


def test_the_waiting_hours_are_with_staff_only_when_they_are_enough():
    enrolment = EnrolmentFactory(cohort__work_minutes=60)
    HourEntryFactory(enrolment=enrolment, minutes=59)
    assert line(enrolment, "work")["waiting_on"] == "participant"
    HourEntryFactory(enrolment=enrolment, minutes=1)
    assert line(enrolment, "work")["waiting_on"] == "staff"
    HourEntryFactory(enrolment=enrolment, returned=True)
    assert line(enrolment, "work")["waiting_on"] == "participant"


def test_meetings_count_as_study_once_their_register_is_closed():
    enrolment = EnrolmentFactory()
    attendance = AttendanceFactory(enrolment=enrolment, minutes=120)
    assert line(enrolment, "study")["achieved"] == 120
    attendance.session.__class__.objects.update(closed_at=None, closed_by=None)
    assert line(enrolment, "study")["achieved"] == 0


def test_events_count_as_study_but_ask_no_presence():
    enrolment = EnrolmentFactory()
    event = SessionFactory(kind="event", cohorts=[enrolment.cohort], closed=True)
    AttendanceFactory(enrolment=enrolment, session=event, minutes=45)
    assert line(enrolment, "study")["achieved"] == 45
    assert line(enrolment, "lessons")["achieved"] == 0


def test_the_study_gate_can_be_switched_off_for_a_cohort():
    enrolment = ready_enrolment(without=["study"])
    assert not met(enrolment)
    enrolment.cohort.study_required = False
    enrolment.cohort.save()
    assert met(enrolment)
    assert line(enrolment, "study")["required"] == 0


def lessons(enrolment, held, attended, **facts):
    """``held`` closed lessons of the cohort, of which the first ``attended`` were attended."""
    for n in range(held):
        session = SessionFactory(
            cohorts=[enrolment.cohort], closed=True, date=dt.date(2025, 2, 1 + n), **facts
        )
        if n < attended:
            AttendanceFactory(session=session, enrolment=enrolment)


@pytest.mark.parametrize(
    ("held", "required"),
    [(0, 1), (1, 1), (2, 1), (4, 3), (5, 4), (6, 4), (10, 8), (11, 8)],
)
def test_one_in_five_may_be_missed_rounded_up_but_never_all(held, required):
    enrolment = EnrolmentFactory()
    lessons(enrolment, held, 0)
    assert line(enrolment, "lessons")["required"] == required
    assert not line(enrolment, "lessons")["met"]


def test_the_share_that_may_be_missed_is_a_norm_of_the_cohort():
    enrolment = EnrolmentFactory(cohort__may_miss_one_in=0)
    lessons(enrolment, 6, 5)
    assert line(enrolment, "lessons")["required"] == 6
    assert not line(enrolment, "lessons")["met"]


@pytest.mark.parametrize(("attended", "enough"), [(3, False), (4, True), (5, True)])
def test_lessons_just_under_on_and_over_the_norm(attended, enough):
    enrolment = EnrolmentFactory()
    lessons(enrolment, 5, attended)
    assert line(enrolment, "lessons")["met"] is enough


@pytest.mark.parametrize(
    ("row", "counts"),
    [
        ({}, True),
        ({"status": "partly"}, True),
        ({"actively_participated": False}, False),
        ({"absent": True}, False),
        ({"absent": True, "status": "excused"}, False),
        ({"caught_up": True}, True),
    ],
)
def test_what_counts_as_attended(row, counts):
    attendance = AttendanceFactory(**row)
    assert line(attendance.enrolment, "lessons")["achieved"] == int(counts)


def test_cancelled_meetings_are_not_asked():
    enrolment = EnrolmentFactory()
    lessons(enrolment, 5, 0)
    lessons(enrolment, 5, 0, cancelled=True)
    assert line(enrolment, "lessons")["required"] == 4


def test_meetings_before_or_after_the_enrolment_are_not_asked():
    cohort = CohortFactory()
    late = EnrolmentFactory(cohort=cohort, starts_on=dt.date(2025, 2, 6))
    lessons(late, 10, 0)
    assert line(late, "lessons")["required"] == 4
    gone = EnrolmentFactory(cohort=cohort, stopped=True, ends_on=dt.date(2025, 2, 5))
    assert line(gone, "lessons")["required"] == 4


def test_meetings_in_a_confirmed_pause_are_not_asked_and_do_not_count():
    enrolment = EnrolmentFactory()
    lessons(enrolment, 10, 4)
    days = {"starts_on": dt.date(2025, 2, 3), "ends_on": dt.date(2025, 2, 7)}
    PauseFactory(enrolment=enrolment, **days)
    assert line(enrolment, "lessons")["required"] == 8
    PauseFactory(enrolment=enrolment, confirmed=True, **days)
    lesson = line(enrolment, "lessons")
    assert (lesson["required"], lesson["achieved"]) == (4, 2)


def test_a_register_that_nobody_filled_leaves_the_criterion_open():
    enrolment = EnrolmentFactory()
    SessionFactory(cohorts=[enrolment.cohort])
    with time_machine.travel("2025-03-01"):
        lesson = line(enrolment, "lessons")
    assert not lesson["met"]
    assert lesson["waiting_on"] == "trainer"
    assert "presentielijst" in lesson["explanation"]


def test_today_is_asked_at_the_moment_and_not_at_the_start_of_the_server():
    enrolment = EnrolmentFactory()
    SessionFactory(cohorts=[enrolment.cohort], date=dt.date(2025, 2, 4))
    with time_machine.travel("2025-02-03T22:59:00Z"):
        assert "presentielijst" not in line(enrolment, "lessons")["explanation"]
    with time_machine.travel("2025-02-03T23:01:00Z"):
        assert "presentielijst" in line(enrolment, "lessons")["explanation"]


def test_meetings_of_another_cohort_are_neither_asked_nor_counted():
    enrolment = EnrolmentFactory()
    SessionFactory(cohorts=[CohortFactory()])
    assert line(enrolment, "lessons")["explanation"] == "Er is nog geen bijeenkomst gepland."


@pytest.mark.parametrize("key", KEYS)
def test_an_exemption_counts_as_met_and_shows(key):
    enrolment = ready_enrolment(without=[key])
    exemption = ExemptionFactory(enrolment=enrolment, criterion=key)
    assert met(enrolment)
    assert line(enrolment, key)["exempted"]
    assert exemption.reason not in line(enrolment, key)["explanation"]


def test_a_withdrawn_exemption_counts_no_more():
    enrolment = ready_enrolment(without=["work"])
    exemption = ExemptionFactory(enrolment=enrolment)
    exemption.withdrawn_by, exemption.withdrawn_at = exemption.granted_by, exemption.granted_at
    exemption.save()
    assert not met(enrolment)


@pytest.mark.parametrize(("less", "enough"), [(599, False), (600, True), (9999, True)])
def test_an_exemption_of_hours_lowers_the_norm(less, enough):
    enrolment = ready_enrolment(work=3000)
    ExemptionFactory(enrolment=enrolment, criterion="work", minutes=less)
    work = line(enrolment, "work")
    assert work["required"] == max(3600 - less, 0)
    assert not work["exempted"]
    assert met(enrolment) is enough


def test_a_withdrawn_exemption_of_hours_lowers_nothing():
    exemption = ExemptionFactory(criterion="work", minutes=600)
    assert line(exemption.enrolment, "work")["required"] == 3000
    exemption.withdrawn_by, exemption.withdrawn_at = exemption.granted_by, exemption.granted_at
    exemption.save()
    assert line(exemption.enrolment, "work")["required"] == 3600


def test_presence_in_a_register_that_is_still_open_does_not_count_yet():
    attendance = AttendanceFactory()
    assert line(attendance.enrolment, "lessons")["achieved"] == 1
    Session.objects.update(closed_at=None, closed_by=None)
    assert line(attendance.enrolment, "lessons")["achieved"] == 0


def test_presence_at_a_meeting_of_another_cohort_is_no_presence_here():
    enrolment = EnrolmentFactory()
    AttendanceFactory(
        enrolment=enrolment, session=SessionFactory(cohorts=[CohortFactory()], closed=True)
    )
    assert line(enrolment, "lessons")["achieved"] == 0
    assert line(enrolment, "study")["achieved"] == 120


def test_a_pop_that_is_only_shared_is_not_complete():
    pop = PopFactory(status="shared")
    assert not line(pop.enrolment, "pop")["met"]
    assert line(pop.enrolment, "pop")["waiting_on"] == "trainer"


def test_a_question_on_the_latest_pop_version_puts_the_participant_on_turn():
    pop = PopFactory(status="shared")
    version = PlanVersionFactory(plan=pop, shared=True)
    FeedbackFactory(version=version, asks_for_more=True)
    assert line(pop.enrolment, "pop")["waiting_on"] == "participant"
    PlanVersionFactory(plan=pop, shared=True)
    assert line(pop.enrolment, "pop")["waiting_on"] == "trainer"


def test_the_gop_asks_the_endorsement_of_the_version_that_was_completed():
    enrolment = ready_enrolment()
    gop = enrolment.cohort.gop
    assert met(enrolment)
    completed(gop)
    assert not met(enrolment)
    assert line(enrolment, "gop")["waiting_on"] == "participant"


def test_an_endorsed_gop_that_was_reopened_is_not_met():
    enrolment = ready_enrolment()
    gop = enrolment.cohort.gop
    gop.status, gop.completed_version = "shared", None
    gop.completed_at = gop.completed_by = None
    gop.save()
    assert not met(enrolment)


def test_a_member_who_left_does_not_block_the_group():
    enrolment = ready_enrolment()
    EnrolmentFactory(cohort=enrolment.cohort, stopped=True)
    assert met(enrolment)


def test_a_gop_that_nobody_completed_waits_on_the_group():
    gop = GopFactory()
    enrolment = EnrolmentFactory(cohort=gop.cohort)
    assert line(enrolment, "gop")["waiting_on"] == "group"


@pytest.mark.parametrize("state", [{}, {"not_yet": True}])
def test_an_interview_that_was_not_passed_is_not_enough(state):
    enrolment = ready_enrolment(without=["interview"])
    FinalInterviewFactory(enrolment=enrolment, **state)
    assert not met(enrolment)


def test_the_filters_and_the_annotation_agree():
    ready_enrolment()
    ready_enrolment(without=["pop"])
    EnrolmentFactory()
    everyone = Enrolment.objects.all()
    yes = {e.pk for e in progress.of(everyone) if e.criteria_met}
    no = {e.pk for e in progress.of(everyone) if not e.criteria_met}
    assert set(progress.met(everyone).values_list("pk", flat=True)) == yes
    assert set(progress.not_met(everyone).values_list("pk", flat=True)) == no
    assert {e.pk for e in progress.with_verdict(everyone) if e.criteria_met} == yes
    assert (len(yes), len(no)) == (1, 2)


def test_progress_cannot_be_read_unless_it_was_asked_for():
    enrolment = EnrolmentFactory()
    with pytest.raises(RuntimeError, match="progress.of"):
        _ = enrolment.criteria_met
    template = engines["django"].from_string("{% if e.criteria_met %}ja{% endif %}")
    with pytest.raises(RuntimeError):
        template.render({"e": enrolment})


@pytest.mark.parametrize("size", [1, 3])
def test_progress_takes_one_query_for_any_number(size, django_assert_num_queries):
    EnrolmentFactory.create_batch(size)
    with django_assert_num_queries(1):
        assert len([progress.lines(e) for e in progress.of(Enrolment.objects.all())]) == size


def test_totals_are_not_multiplied_by_each_other():
    enrolment = EnrolmentFactory()
    for _ in range(3):
        HourEntryFactory(enrolment=enrolment, minutes=60, approved=True)
        AttendanceFactory(enrolment=enrolment, minutes=60)
        HourEntryFactory(enrolment=enrolment, kind="study", minutes=60, approved=True)
    assert line(enrolment, "work")["achieved"] == 180
    assert line(enrolment, "study")["achieved"] == 360


def test_a_question_asked_inside_another_query_is_about_its_own_row():
    ready = ready_enrolment()
    ready_enrolment(without=["pop"])
    people = User.objects.filter(enrolments__in=progress.met(Enrolment.objects.all()))
    twice = Enrolment.objects.filter(
        pk__in=progress.met(Enrolment.objects.filter(pk__in=progress.met(Enrolment.objects.all())))
    )
    assert list(people) == [ready.participant]
    assert list(progress.of(twice)) == [ready]


def test_a_question_follows_the_day_though_its_sql_was_written_before():
    with time_machine.travel(dt.date(2025, 3, 3)):
        enrolment = EnrolmentFactory()
        SessionFactory(cohorts=[enrolment.cohort], date=dt.date(2025, 3, 4))
        assert open_registers(enrolment) == 0
    with time_machine.travel(dt.date(2025, 3, 4)):
        assert open_registers(enrolment) == 1


def test_a_question_that_reads_more_of_its_row_than_is_passed_on_is_refused():
    careless = Once("careless", F("created_at"), models.DateTimeField(), Enrolment, ["pk"])
    with pytest.raises(AssertionError, match="reads more of its row"):
        list(Enrolment.objects.annotate(seen=careless))
