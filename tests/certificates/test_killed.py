"""A worker that is really killed, in a process of its own."""

import datetime as dt
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from certificates.ceremonies import making
from certificates.ceremonies.models import Batch
from certificates.models import Certificate, CertificateDocument, NumberSeries
from participants.models import Enrolment, Event
from tests.factories import RoleFactory, ready_enrolment
from tests.factories.ceremonies import BatchFactory, BatchLineFactory

PEOPLE = 5


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_half_way_leaves_whole_people_and_another_goes_on():
    cohort = ready_enrolment().cohort
    for _person in range(PEOPLE - 1):
        ready_enrolment(cohort=cohort)
    batch = BatchFactory(cohort=cohort, asked_by=RoleFactory(coordinator=True).user)
    for enrolment in Enrolment.objects.filter(cohort=cohort):
        BatchLineFactory(batch=batch, enrolment=enrolment)

    kill_half_way(batch)
    assert Certificate.objects.count() == 2  # of the first step; of the second nothing was kept

    Batch.objects.update(alive_at=timezone.now() - dt.timedelta(hours=1))
    making.carry_out(batch.pk)
    batch.refresh_from_db()
    assert batch.finished_at
    assert set(batch.lines.values_list("state", flat=True)) == {"made"}
    assert Certificate.objects.count() == CertificateDocument.objects.count() == PEOPLE
    assert NumberSeries.objects.get().last == PEOPLE
    assert Event.objects.filter(act="certificate_issued").count() == PEOPLE


def kill_half_way(batch):
    """Begin ``batch`` in another process, and end that by force within its second step."""
    command = [sys.executable, "-m", "tests.certificates.killed"]
    name = str(connection.settings_dict["NAME"])
    with subprocess.Popen(
        [*command, str(batch.pk), name],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        stdout=subprocess.PIPE,
        text=True,
    ) as worker:
        try:
            assert worker.stdout.readline() == "half-way\n"
        finally:
            worker.kill()
