"""Within the site that ``load`` measures: who is there, and what is there afterwards."""

from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from certificates.ceremonies import actions
from certificates.ceremonies.models import Batch
from certificates.models import Certificate, CertificateDocument
from participants.models import Cohort, Enrolment, Event, HourEntry, User
from tests import doors
from tests.factories import CohortFactory, RoleFactory, ready_enrolment


def invite(count):
    """The demo, and a cohort of ``count`` who wait for their certificates; how to visit it all."""
    call_command("createcachetable", verbosity=0)  # the copy was made where the cache is memory
    call_command("demo", verbosity=0)
    running = Cohort.objects.running().get(track__name="Leerlijn Buurtteams")
    return {
        "participant": session_of("deelnemer"),
        "coordinator": session_of("coordinator"),
        "cohort": running.pk,
        "code": Certificate.objects.valid().first().code,
        "today": timezone.localdate().isoformat(),
        "waiting": waiting(count),
    }


def session_of(name):
    """The key of a session that passed everything."""
    client = Client()
    doors.force_login(client, User.objects.get(email=f"{name}@leerlijn.example"))
    return client.session.session_key


def waiting(count):
    """The key of the cohort of a batch that no worker took up yet."""
    with transaction.atomic():
        cohort = CohortFactory()
        for _person in range(count):
            ready_enrolment(cohort=cohort)
        staff = RoleFactory(coordinator=True, cohort=cohort).user
    actions.begin(cohort, Enrolment.objects.filter(cohort=cohort), by=staff)
    return cohort.pk


def found(cohort, sent):
    """Of the entries ``sent`` and of the batch for ``cohort``: how many there are of each."""
    certificates = Certificate.objects.filter(enrolment__cohort=cohort)
    return {
        "entries": HourEntry.objects.filter(client_id__in=sent).count(),
        "certificates": certificates.count(),
        "people": certificates.values("enrolment").distinct().count(),
        "documents": CertificateDocument.objects.filter(certificate__in=certificates).count(),
        "decisions": Event.objects.filter(
            act="certificate_issued", enrolment__cohort=cohort
        ).count(),
        "finished": Batch.objects.filter(cohort=cohort, finished_at__isnull=False).count(),
    }
