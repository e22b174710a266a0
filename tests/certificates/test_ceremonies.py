"""Certificates for a whole cohort at once: asked for, made a few at a time, gone on with."""

import datetime as dt
import itertools
import uuid
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError, connection
from django.utils import timezone

from certificates import actions as certifying
from certificates.ceremonies import actions, making, tasks
from certificates.ceremonies.models import Batch, BatchLine
from certificates.models import Certificate
from leerlijn import ticking
from participants.models import Enrolment
from tests.factories import RoleFactory, UserFactory, ready_enrolment
from tests.factories.ceremonies import BatchFactory, BatchLineFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lazy(monkeypatch):
    """No worker takes up what is asked; the test does."""
    monkeypatch.setattr(tasks, "issue_batch", SimpleNamespace(enqueue=lambda pk: None))


@pytest.fixture
def cohort():
    return ready_enrolment().cohort


def everybody(cohort):
    return Enrolment.objects.filter(cohort=cohort)


def long_ago(batch):
    """Whoever was at it is gone."""
    Batch.objects.filter(pk=batch.pk).update(alive_at=timezone.now() - dt.timedelta(hours=1))


def outcomes(batch):
    return list(batch.lines.values_list("state", flat=True))


def waiting_batch(cohort, by, **facts):
    batch = BatchFactory(cohort=cohort, asked_by=by, **facts)
    for enrolment in everybody(cohort).order_by("pk"):
        BatchLineFactory(batch=batch, enrolment=enrolment)
    return batch


# Asked for


def test_everybody_who_is_ready_gets_one_with_the_date_that_was_asked(cohort, coordinator):
    ready_enrolment(cohort=cohort)
    day = timezone.localdate() + dt.timedelta(days=60)
    batch = actions.begin(cohort, everybody(cohort), by=coordinator, award_date=day)
    batch.refresh_from_db()
    assert batch.finished_at
    assert outcomes(batch) == ["made", "made"]
    assert {each.award_date for each in Certificate.objects.all()} == {day}
    assert {each.issued_by for each in Certificate.objects.all()} == {coordinator}


def test_the_same_page_sent_twice_is_one_batch(cohort, coordinator):
    key = uuid.uuid4()
    first, second = (
        actions.begin(cohort, everybody(cohort), by=coordinator, key=key) for _ in range(2)
    )
    assert first == second
    assert Certificate.objects.count() == 1


def test_two_windows_and_two_coordinators_come_to_the_batch_that_waits(cohort, coordinator, lazy):
    first = actions.begin(cohort, everybody(cohort), by=coordinator)
    other = RoleFactory(kind="coordinator", cohort=cohort).user
    assert actions.begin(cohort, everybody(cohort), by=coordinator) == first
    assert actions.begin(cohort, everybody(cohort), by=other) == first
    assert BatchLine.objects.count() == 1


def test_who_waits_in_another_batch_stays_there_and_the_rest_begins(cohort, coordinator, lazy):
    first = actions.begin(cohort, everybody(cohort), by=coordinator)
    late = ready_enrolment(cohort=cohort)
    second = actions.begin(cohort, everybody(cohort), by=coordinator)
    assert second != first
    assert [line.enrolment for line in second.lines.all()] == [late]


def test_when_all_have_one_there_is_nothing_to_begin(cohort, coordinator):
    actions.begin(cohort, everybody(cohort), by=coordinator)
    with pytest.raises(ValidationError) as refusal:
        actions.begin(cohort, everybody(cohort), by=coordinator)
    assert refusal.value.code == "already_issued"
    assert Batch.objects.count() == 1


@pytest.mark.parametrize("days", [-1, 61])
def test_a_batch_for_a_day_that_cannot_be_is_refused(cohort, coordinator, days):
    day = timezone.localdate() + dt.timedelta(days=days)
    with pytest.raises(ValidationError) as refusal:
        actions.begin(cohort, everybody(cohort), by=coordinator, award_date=day)
    assert refusal.value.code == "award_date_out_of_range"
    assert not Batch.objects.exists()


def test_only_a_coordinator_of_these_people_begins(cohort, coordinator):
    own = ready_enrolment(cohort=cohort, participant=coordinator)
    others = [RoleFactory(cohort=cohort).user, RoleFactory(kind="coordinator").user]
    for by, whom in [*((by, everybody(cohort)) for by in others), (coordinator, own)]:
        asked = everybody(cohort) if whom is own else whom
        with pytest.raises(PermissionDenied):
            actions.begin(cohort, asked, by=by)
    elsewhere = ready_enrolment()
    with pytest.raises(PermissionDenied):
        actions.begin(cohort, Enrolment.objects.filter(pk=elsewhere.pk), by=coordinator)
    assert not Batch.objects.exists()


# Made


def test_one_who_cannot_have_one_stops_nobody_and_reads_why(cohort, coordinator):
    unprintable = ready_enrolment(cohort=cohort, participant__name="Noor 漢")
    unready = ready_enrolment(cohort=cohort, without=["pop"])
    batch = actions.begin(cohort, everybody(cohort), by=coordinator)
    why = dict(batch.lines.values_list("enrolment", "why"))
    assert "Noor" in why[unprintable.pk]
    assert "(U+6F22)" in why[unprintable.pk]
    assert why[unready.pk].startswith("Nog niet alles is behaald.")
    assert sorted(outcomes(batch)) == ["made", "passed", "passed"]
    assert Certificate.objects.count() == 1


def test_who_got_one_meanwhile_is_passed_over(cohort, coordinator):
    batch = waiting_batch(cohort, coordinator)
    certifying.issue(everybody(cohort).get(), by=coordinator)
    making.carry_out(batch.pk)
    line = batch.lines.get()
    assert (line.state, line.why) == ("passed", "Dit certificaat is al gemaakt.")
    assert Certificate.objects.count() == 1


def test_a_fault_with_one_person_is_told_and_stops_nobody(cohort, coordinator, monkeypatch):
    cursed = ready_enrolment(cohort=cohort)
    issue_all = certifying.issue_all

    def failing(enrolments, **asked):
        if enrolments.filter(pk=cursed.pk).exists():
            raise ZeroDivisionError if enrolments.count() == 1 else PermissionDenied
        return issue_all(enrolments, **asked)

    monkeypatch.setattr(certifying, "issue_all", failing)
    batch = actions.begin(cohort, everybody(cohort), by=coordinator)
    assert sorted(outcomes(batch)) == ["made", "passed"]
    assert "Het maken lukte niet." in batch.lines.get(enrolment=cursed).why


@pytest.mark.parametrize("loss", ["role", "account"])
def test_who_lost_the_right_meanwhile_makes_nothing_more(cohort, coordinator, loss):
    batch = waiting_batch(cohort, coordinator)
    if loss == "role":
        coordinator.roles.all().delete()
    else:
        type(coordinator).objects.filter(pk=coordinator.pk).update(is_active=False)
    making.carry_out(batch.pk)
    batch.refresh_from_db()
    assert "is geen coördinator meer" in batch.refusal
    assert batch.finished_at
    assert outcomes(batch) == ["passed"]
    assert not Certificate.objects.exists()


# Gone on with


def killed_after(steps, monkeypatch):
    """The process that makes them ends during the step after ``steps``, and keeps nothing of it."""
    issue_all, begun = certifying.issue_all, []

    def dying(*given, **asked):
        made = issue_all(*given, **asked)
        begun.append(1)
        if len(begun) > steps:
            raise SystemExit
        return made

    monkeypatch.setattr(certifying, "issue_all", dying)
    return issue_all


def test_what_was_half_done_goes_on_where_it_was(cohort, coordinator, monkeypatch):
    for _person in range(4):
        ready_enrolment(cohort=cohort)
    monkeypatch.setattr(making, "STEP", 2)
    batch = waiting_batch(cohort, coordinator)
    whole = killed_after(1, monkeypatch)
    with pytest.raises(SystemExit):
        making.carry_out(batch.pk)
    assert Certificate.objects.count() == 2
    monkeypatch.setattr(certifying, "issue_all", whole)
    making.carry_out(batch.pk)
    assert Certificate.objects.count() == 2  # the first may still be at it
    long_ago(batch)
    making.carry_out(batch.pk)
    assert outcomes(batch) == ["made"] * 5
    numbers = sorted(Certificate.objects.values_list("number", flat=True))
    assert [number[-4:] for number in numbers] == ["0001", "0002", "0003", "0004", "0005"]


def test_what_lies_still_is_taken_up_by_the_periodic_work(cohort, coordinator):
    batch = waiting_batch(cohort, coordinator)
    assert ticking.go_on_with_certificates() == "1 taken up"
    assert ticking.go_on_with_certificates() == ""
    assert outcomes(batch) == ["made"]


def test_asking_to_go_on_takes_up_only_what_lies_still(cohort, coordinator):
    batch = waiting_batch(cohort, coordinator, alive_at=timezone.now())
    actions.go_on(batch, by=coordinator)
    assert outcomes(batch) == ["waiting"]
    long_ago(batch)
    with pytest.raises(PermissionDenied):
        actions.go_on(batch, by=UserFactory())
    actions.go_on(batch, by=coordinator)
    assert outcomes(batch) == ["made"]


def test_a_database_that_is_busy_leaves_the_step_for_later(cohort, coordinator, monkeypatch):
    batch = waiting_batch(cohort, coordinator)

    def busy(*given, **asked):
        raise OperationalError

    with monkeypatch.context() as patched, pytest.raises(OperationalError):
        patched.setattr(certifying, "issue_all", busy)
        making.carry_out(batch.pk)
    assert outcomes(batch) == ["waiting"]
    long_ago(batch)
    making.carry_out(batch.pk)
    assert outcomes(batch) == ["made"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only there one process writes at a time")
@pytest.mark.parametrize(("step", "rest"), [(0.01, 0.12), (0.2, 0.4), (9, 1)])
def test_others_write_for_twice_as_long_as_a_step_took(
    cohort, coordinator, monkeypatch, step, rest
):
    rests, clock = [], itertools.count(0, step)
    batch = waiting_batch(cohort, coordinator)
    time = SimpleNamespace(monotonic=lambda: next(clock), sleep=rests.append)
    monkeypatch.setattr(making, "time", time)
    making.carry_out(batch.pk)
    assert rests == [pytest.approx(rest)]


def test_a_finished_batch_is_forgotten_after_a_while_and_its_certificates_stay(cohort, coordinator):
    batch = actions.begin(cohort, everybody(cohort), by=coordinator)
    for days, left in ((89, 1), (91, 0)):
        finished = timezone.now() - dt.timedelta(days=days)
        Batch.objects.filter(pk=batch.pk).update(finished_at=finished)
        making.sweep()
        assert Batch.objects.count() == left
    assert Certificate.objects.count() == 1


# What the database refuses


def test_a_person_stands_in_a_batch_once():
    line = BatchLineFactory(passed=True)
    with pytest.raises(IntegrityError, match=r"a_person_stands_in_a_batch_once|UNIQUE"):
        BatchLineFactory(batch=line.batch, enrolment=line.enrolment)


def test_nobody_waits_in_two_batches():
    line = BatchLineFactory()
    with pytest.raises(IntegrityError, match=r"nobody_waits_in_two|UNIQUE"):
        BatchLineFactory(enrolment=line.enrolment)


@pytest.mark.parametrize(
    "facts", [{"state": "made"}, {"state": "passed"}, {"state": "waiting", "why": "Zomaar"}]
)
def test_a_line_has_a_certificate_or_says_why_not(facts):
    with pytest.raises(IntegrityError, match="a_line_has_a_certificate_or_says_why_not"):
        BatchLineFactory(**facts)
