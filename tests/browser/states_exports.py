"""Taking along: nothing left yet, much left, asking what for, and a file on its way or ready."""

from django.utils import timezone

from participants.exports.making import SHELF
from tests.browser.states import State
from tests.browser.states_overview import LONG, cohort_of_today
from tests.factories import EnrolmentFactory, HourEntryFactory, RoleFactory
from tests.factories.leaving import ExportFactory


def scene():
    cohort = cohort_of_today()
    return cohort, RoleFactory(coordinator=True, user__name=LONG).user


def nothing_left():
    cohort, user = scene()
    return user, f"/lichtingen/{cohort.pk}/meenemen/"


def much_left():
    cohort, user = scene()
    ExportFactory(cohort=cohort, asked_by=user)
    said = {"why": "other", "reason": "Voor het jaarverslag, zoals in het overleg is afgesproken"}
    narrowed = "Stand: doet mee, Toon: Nog niet klaar, en waarom, Sorteer op: Naam"
    ExportFactory(cohort=cohort, asked_by=user, at_once=True, narrowed=narrowed, **said)
    return user, f"/lichtingen/{cohort.pk}/meenemen/"


def to_take(cohort):
    HourEntryFactory(enrolment=EnrolmentFactory(cohort=cohort))


def asking():
    cohort, user = scene()
    to_take(cohort)
    return user, f"/lichtingen/{cohort.pk}/meenemen/hours/?status=submitted"


def nothing_to_take():
    cohort, user = scene()
    return user, f"/lichtingen/{cohort.pk}/meenemen/hours/"


def on_its_way():
    cohort, user = scene()
    export = ExportFactory(
        cohort=cohort, asked_by=user, total=9000, done=2500, alive_at=timezone.now()
    )
    return user, f"/meegenomen/{export.pk}/"


def ready():
    cohort, user = scene()
    to_take(cohort)
    export = ExportFactory(cohort=cohort, asked_by=user)
    (SHELF.folder() / "ready").write_bytes(b"Naam")
    export.finishes(path="ready", done=1)
    return user, f"/meegenomen/{export.pk}/"


def gone():
    cohort, user = scene()
    export = ExportFactory(cohort=cohort, asked_by=user)
    export.finishes(done=1)
    return user, f"/meegenomen/{export.pk}/"


STATES = [
    State("take along, nothing left yet", nothing_left),
    State("take along, much left", much_left),
    State("take along, asking what for", asking),
    State("take along, nothing there", nothing_to_take),
    State("an export on its way", on_its_way),
    State("an export that is ready", ready),
    State("an export that is gone", gone),
]
