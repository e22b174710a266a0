"""Days off are data of the cohort: set by its coordinator, never twice the same day."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from participants.models import CohortBreak
from participants.pace import breaks
from tests.factories import CohortBreakFactory, CohortFactory, RoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def coordinator(cohort):
    return RoleFactory(kind="coordinator", cohort=cohort).user


def add(cohort, by, first, last):
    days = {"starts_on": dt.date(2025, *first), "ends_on": dt.date(2025, *last)}
    return breaks.add(cohort, name="Vakantie", by=by, **days)


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        ((2, 10), (2, 16), None),
        ((2, 24), (2, 28), None),
        ((2, 16), (2, 17), "overlaps"),
        ((2, 23), (2, 24), "overlaps"),
        ((2, 18), (2, 19), "overlaps"),
        ((3, 2), (3, 1), "ends_before_it_starts"),
        ((1, 1), (1, 5), "outside"),
        ((1, 1), (1, 6), None),
        ((7, 11), (7, 20), None),
        ((7, 12), (7, 20), "outside"),
    ],
)
def test_days_off_lie_in_the_cohort_and_share_no_day(cohort, coordinator, first, last, refusal):
    CohortBreakFactory(cohort=cohort)
    if refusal is None:
        assert add(cohort, coordinator, first, last).pk
        return
    with pytest.raises(ValidationError) as refused:
        add(cohort, coordinator, first, last)
    assert refused.value.code == refusal
    assert CohortBreak.objects.count() == 1


def test_only_the_coordinator_sets_them(cohort):
    trainer = RoleFactory(cohort=cohort).user
    with pytest.raises(PermissionDenied):
        add(cohort, trainer, (2, 10), (2, 16))
    with pytest.raises(PermissionDenied):
        breaks.remove(CohortBreakFactory(cohort=cohort), by=trainer)


def test_the_page_adds_and_takes_away(client, cohort, coordinator):
    client.force_login(coordinator)
    address = f"/lichtingen/{cohort.pk}/planning/"
    days = {"name": "Meivakantie", "starts_on": "28-4-2025", "ends_on": "4-5-2025"}
    assert "Meivakantie" in client.post(address, days, follow=True).content.decode()
    assert "al vrije dagen" in client.post(address, days).content.decode()
    client.post(f"{address}{CohortBreak.objects.get().pk}/weg/")
    assert not CohortBreak.objects.exists()


@pytest.mark.parametrize(
    ("facts", "name"),
    [({"ends_on": dt.date(2025, 2, 16)}, "break_ends_after_it_starts"), ({}, "break")],
)
def test_the_database_holds_it_too(cohort, facts, name):
    if not facts:
        CohortBreakFactory(cohort=cohort)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        CohortBreakFactory(cohort=cohort, **facts)
