"""A web process that is killed while it issues: there is one certificate, or none, never two."""

import threading

from tests.faults import BOTH, on, people
from tests.faults.site import Site

COUNTED = """
from certificates.models import Certificate, CertificateDocument, NumberSeries
from participants.models import Event
answer = [
    Certificate.objects.count(),
    CertificateDocument.objects.count(),
    sum(NumberSeries.objects.values_list("last", flat=True)),
    Event.objects.filter(act="certificate_issued").count(),
]
"""


@on(*BOTH)
def killed_before_the_commit_of_a_certificate(folder, database):
    return killed_at("before", 0, 201, folder, database)


@on(*BOTH)
def killed_after_the_commit_of_a_certificate(folder, database):
    return killed_at("after", 1, 409, folder, database)


def killed_at(point, made, status, folder, database):
    """Issue, be killed at ``point``, find ``made`` certificates; asked again it says ``status``."""
    with Site(folder, database.url).ready() as site:
        _cohort, staff, [member] = people.ready(site, 1)
        body = {"enrolment": member.enrolment}
        web = site.start_web(halts_at=point)
        asked = threading.Thread(
            target=staff.broken_off, args=["/api/v1/certificates/"], kwargs={"json": body}
        )
        asked.start()
        site.wait_until(site.halted.exists)
        site.kill(web)
        asked.join()
        assert site.python(COUNTED) == [made] * 4, site.python(COUNTED)
        site.start_web()
        again = staff.post("/api/v1/certificates/", json=body)
        assert again.status_code == status, again.text
        assert site.python(COUNTED) == [1] * 4
        return f"{made} there, asked again {status}, then 1 certificate, 1 number, 1 decision"


FAULTS = (killed_before_the_commit_of_a_certificate, killed_after_the_commit_of_a_certificate)
