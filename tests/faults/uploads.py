"""A web process that is killed in an upload: nothing of it is left, and sent again it is there."""

import threading

from tests.faults import BOTH, files, on, people
from tests.faults.site import Site

SIZE = 3 * 1024 * 1024  # more than Django keeps in memory: what comes in goes to the disk first


@on(*BOTH)
def killed_in_an_upload_that_is_nobodys_yet(folder, database):
    return killed_at("draft", folder, database)


@on(*BOTH)
def killed_in_an_upload_before_its_commit(folder, database):
    return killed_at("kept", folder, database)


def killed_at(point, folder, database):
    with Site(folder, database.url).ready() as site:
        _cohort, _staff, [member] = people.under_way(site, 1)
        web = site.start_web(halts_at=point)
        sent = threading.Thread(target=send, args=[member])
        sent.start()
        site.wait_until(site.halted.exists)
        assert len(site.uploads()) == 1, "the fault was not made: nothing was on the disk"
        site.kill(web)
        sent.join()
        assert versions(site) == [], "a version whose upload was never acknowledged"
        assert site.left_behind() == [], f"left in a temporary place: {site.left_behind()}"
        site.grow_older(days=2)
        site.manage("tick")
        assert site.uploads() == [], "what was half uploaded is still there after two days"
        site.start_web()
        answer = send(member)
        assert answer.status_code == 201, answer.text
        assert len(site.uploads()) == len(versions(site)) == 1
        return "nothing left behind, sent again it is there once"


def send(member):
    path = f"/api/v1/plans/{member.plan}/versions/"
    return member.api.broken_off(path, files={"file": ("pop.pdf", files.pdf(SIZE))})


def versions(site):
    return site.python(
        "from participants.models import PlanVersion\n"
        "answer = list(PlanVersion.objects.exclude(file=None).values_list('pk', flat=True))"
    )


FAULTS = (killed_in_an_upload_that_is_nobodys_yet, killed_in_an_upload_before_its_commit)
