"""What the demo promises to whoever walks through it (design.md, the contract)."""

import datetime as dt
import io
from collections import Counter

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from certificates.models import Certificate
from participants import progress
from participants.accounts import factors
from participants.models import Cohort, Enrolment, FinalInterview, HourEntry, User
from participants.paper import names
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    call_command("demo", verbosity=0)


@pytest.fixture
def running(demo):
    return Cohort.objects.running().get()


def person(key):
    return User.objects.get(email=f"{key}@leerlijn.example")


def test_demo_has_a_finished_cohort_with_certificates_in_every_state(demo):
    finished = Cohort.objects.get(ends_on__lt=timezone.localdate())
    states = Certificate.objects.filter(enrolment__cohort=finished).values_list("status", flat=True)
    assert Counter(states) == {"valid": 8, "replaced": 1, "revoked": 1}


def test_demo_has_a_running_cohort_of_24_people_in_every_state(running):
    today = timezone.localdate()
    assert running.starts_on + dt.timedelta(30) < today < running.ends_on - dt.timedelta(30)
    states = running.enrolments.with_state().values_list("state", flat=True)
    assert len(states) == 24
    assert {"active", "paused", "stopped", "applied"} <= set(states)


@pytest.mark.parametrize("key", ["deelnemer", "deelnemer2"])
def test_demo_participants_are_half_way(running, key):
    enrolment = progress.of(person(key).enrolments.all()).get()
    assert enrolment.cohort == running
    assert 0.3 < enrolment.standing["work_achieved"] / enrolment.standing["work_required"] < 0.7
    assert not enrolment.criteria_met
    today = enrolment.hours.filter(date=timezone.localdate())
    assert sum(entry.minutes for entry in today) <= 4 * 60


def test_demo_participant_has_a_pop_to_go_on_with(demo):
    assert person("deelnemer").enrolments.get().pop.status in ("draft", "shared")


def test_demo_assessors_have_hours_to_review_and_an_interview_to_rate(running):
    for key in ("beoordelaar", "beoordelaar2"):
        waiting = HourEntry.objects.awaiting_review().reviewable_by(person(key))
        assert waiting.count() >= 5
        assert waiting.values("enrolment").distinct().count() >= 3
        assert FinalInterview.objects.unfinished().assessed_by(person(key)).count() == 1


def test_demo_has_people_who_can_get_a_certificate_now(running):
    coordinator = person("coordinator")
    ready = progress.met(Enrolment.objects.coordinated_by(coordinator).active())
    ready = ready.filter(certificates=None, name_confirmed_at__isnull=False)
    assert ready.count() >= 2
    assert [names.refusal(enrolment.printed_name) for enrolment in ready] == [None] * len(ready)


def test_demo_a_second_time_changes_nothing(demo):
    before = (User.objects.count(), HourEntry.objects.count(), Certificate.objects.count())
    call_command("demo", verbosity=0)
    assert (User.objects.count(), HourEntry.objects.count(), Certificate.objects.count()) == before


def test_a_visitor_who_applied_in_the_demo_does_not_stop_it(demo):
    UserFactory()
    call_command("demo", verbosity=0)
    assert User.objects.filter(is_demo=False).count() == 1


def test_demo_refuses_where_real_people_are():
    UserFactory()
    with pytest.raises(CommandError):
        call_command("demo", verbosity=0)
    assert not User.objects.filter(is_demo=True).exists()


@pytest.mark.parametrize("day", ["2028-02-29", "2027-01-01", "2026-03-29"])
def test_demo_can_be_made_on_any_day(day):
    with time_machine.travel(f"{day}T00:30:00+01:00"):
        call_command("demo", verbosity=0)
        assert Cohort.objects.running().count() == 1


def log_in(client, key):
    sent = {"login": f"{key}@leerlijn.example", "password": "leerlijn-demo"}
    return client.post("/accounts/login/", sent)


def test_demo_accounts_log_in_with_the_demo_password_and_staff_with_a_code_too(demo):
    deelnemer = Client()
    assert log_in(deelnemer, "deelnemer").url == "/"
    assert deelnemer.get("/uren/").status_code == 200
    for key in ("beoordelaar", "beoordelaar2", "coordinator", "beheer"):
        client, out = Client(), io.StringIO()
        assert log_in(client, key).url == "/accounts/2fa/authenticate/"
        assert client.get("/meer/").status_code == 302
        call_command("demo_code", f"{key}@leerlijn.example", stdout=out)
        client.post("/accounts/2fa/authenticate/", {"code": out.getvalue().strip()})
        assert client.get("/meer/").status_code == 200


def test_demo_of_before_gets_its_second_factors_too(demo):
    factors.of(person("coordinator")).delete()
    call_command("demo", verbosity=0)
    assert factors.of(person("coordinator")).count() == 2
    assert not factors.of(person("deelnemer")).exists()
