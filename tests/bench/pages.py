"""How many queries each page asks, with few rows and with many: the two must be the same."""

from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from leerlijn import demo
from participants.models import Cohort, ConfirmationLine, Enrolment, HourEntry, User

PAGES = [
    ("deelnemer", "overview:begin"),
    ("deelnemer", "hours:list"),
    ("deelnemer", "sessions:list"),
    ("deelnemer", "trainings:list"),
    ("deelnemer", "plans:list"),
    ("beoordelaar", "overview:waiting"),
    ("beoordelaar", "hours:queue"),
    ("beoordelaar", "interviews:list"),
    ("coordinator", "overview:cohorts"),
    ("coordinator", "overview:cohort"),
    ("coordinator", "certificates:cohort"),
    ("coordinator", "certificates:register"),
]


def lines():
    """[(name, ratio, goal)]: queries with the whole demo against a third of its rows."""
    demo.build(timezone.localdate())
    cohort = Cohort.objects.running().get(track__name="Leerlijn Buurtteams")
    many = {page: queries(*page, cohort) for page in PAGES}
    thin_out(cohort)
    few = {page: queries(*page, cohort) for page in PAGES}
    for (who, page), number in many.items():
        print(f"QUERIES {page} by {who}: {few[who, page]} with few rows, {number} with many")
    return [
        (f"queries_{page.replace(':', '_')}", number / few[who, page], 1)
        for (who, page), number in many.items()
    ]


def queries(who, page, cohort):
    client = Client()
    client.force_login(User.objects.get(email=f"{who}@leerlijn.example"))
    wants_cohort = page in ("overview:cohort", "certificates:cohort")
    address = reverse(page, kwargs={"pk": cohort.pk} if wants_cohort else None)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    if response.status_code != 200:
        raise AssertionError(f"{address} answers {response.status_code}")
    return len(asked)


def thin_out(cohort):
    """Leave a third of the entries, and a third of the people who take part."""
    ConfirmationLine.objects.all().delete()
    HourEntry.objects.annotate(third=F("pk") % 3).exclude(third=0).delete()
    others = Enrolment.objects.filter(cohort=cohort).exclude(
        participant__email__startswith="deelnemer"
    )
    keys = others.order_by("pk").values_list("pk", flat=True)[8:]
    Enrolment.objects.filter(pk__in=list(keys)).update(
        cohort=Cohort.objects.exclude(pk=cohort.pk)[0]
    )
