"""Setting up: where everything is, other norms and for whom they matter, a copy of a cohort."""

import datetime as dt

from django.utils import timezone

from participants.models import NormsChange
from tests.browser.states import State
from tests.factories import CohortFactory, RoleFactory, SessionFactory

LONG = "Maria-Fernanda Wilhelmina van der Grinten-Oyelaran de Bruin"


def arranged():
    """(coordinator of everything, a cohort under way)."""
    today = timezone.localdate()
    own = CohortFactory(
        starts_on=today - dt.timedelta(days=90), ends_on=today + dt.timedelta(days=90)
    )
    return RoleFactory(coordinator=True, user__name=LONG).user, own


def everything():
    coordinator, _ = arranged()
    return coordinator, "/inrichten/"


def nothing_of_ones_own():
    return RoleFactory(administrator=True).user, "/inrichten/"


def norms_as_ever():
    coordinator, own = arranged()
    return coordinator, f"/inrichten/lichtingen/{own.pk}/normen/"


def norms_with_history():
    coordinator, own = arranged()
    NormsChange.objects.create(
        cohort=own,
        before={"work_minutes": 3600, "study_required": True},
        after={"work_minutes": 3020, "study_required": False},
        reason="De funder vraagt minder uren werk, en telt de uren studie niet meer mee.",
        changed_by=coordinator,
    )
    return coordinator, f"/inrichten/lichtingen/{own.pk}/normen/"


def to_copy():
    coordinator, own = arranged()
    SessionFactory(cohorts=[own])
    return coordinator, f"/inrichten/lichtingen/{own.pk}/kopie/"


STATES = [
    State("set up, a cohort of one's own", everything),
    State("set up, for an administrator", nothing_of_ones_own),
    State("norms of a cohort, never changed", norms_as_ever),
    State("norms of a cohort, changed before", norms_with_history),
    State("a cohort to copy", to_copy),
]
