"""What disks do: fill up, and forget a bit."""

import contextlib
import subprocess

import pikepdf

from tests.faults import BOTH, MARK, Skipped, on, people
from tests.faults.site import Site
from tests.participants.files import corpus

DISK = 2 * 1024 * 1024
EACH, PEOPLE = 300 * 1024, 10
FILES = """
from django.conf import settings
from participants.models import PlanVersion, StoredFile
answer = [
    [settings.MEDIA_ROOT.joinpath(one.path).stat().st_size == one.size for one in
     StoredFile.objects.all()],
    PlanVersion.objects.exclude(file=None).count(),
]
"""
# The files were read a night ago, instead of just now.
A_NIGHT_LATER = """
import datetime as dt
from django.db.models import F
from participants.models import StoredFile
answer = StoredFile.objects.update(reread_at=F("reread_at") - dt.timedelta(days=1))
"""


def pdf(size):
    """A PDF of a bit more than ``size`` bytes: what is on its page is one long remark."""

    def grow(document):
        remark = pikepdf.Stream(document, f"%{MARK}".encode() + b"x" * size + b"\n")
        document.pages[0].Contents = remark

    return corpus.changed_pdf(grow, compress_streams=False, static_id=True)


def add(member, size):
    files = {"file": ("pop.pdf", pdf(size))}
    return member.api.post(f"/api/v1/plans/{member.plan}/versions/", files=files)


@contextlib.contextmanager
def small_disk(place):
    place.mkdir()
    try:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "leerlijn-fault", str(place)],
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError) as failure:
        raise Skipped(f"no disk can be mounted here: {failure}") from None
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@on(*BOTH)
def media_disk_full(folder, database):
    """Uploads are refused with a sentence while it is full; the rest goes on; then it goes on."""
    with Site(folder, database.url).ready() as site, small_disk(site.media):
        _cohort, _staff, members = people.under_way(site, PEOPLE)
        site.start_web()
        answers = [add(member, EACH) for member in members]
        taken = [each for each in answers if each.status_code == 201]
        refused = [each for each in answers if each.status_code != 201]
        assert taken and refused, [each.status_code for each in answers]
        assert {each.status_code for each in refused} <= {400, 503, 507}, refused[0].status_code
        assert all(each.json()["detail"] for each in refused)
        whole, versions = site.python(FILES)
        assert len(whole) == versions == len(taken) and all(whole), "a row without its bytes"
        assert len(site.uploads()) == len(taken), "something half was left behind"
        member = members[-1]
        assert member.api.post("/api/v1/hours/", json=member.hours(date=today(site))).ok
        subprocess.run(["mount", "-o", f"remount,size={DISK * 4}", str(site.media)], check=True)
        assert add(member, EACH).status_code == 201
        return f"{len(taken)} kept, {len(refused)} refused, with room again it goes on by itself"


@on(*BOTH)
def one_bit_flipped(folder, database):
    """Refused at the download, and listed by the nightly check, also when nobody takes it."""
    with Site(folder, database.url).ready() as site:
        _cohort, _staff, members = people.under_way(site, 2)
        site.start_web()
        paths = [path_of(member, add(member, 1000).json()) for member in members]
        assert [each.content for each in taken(members, paths)] == [pdf(1000)] * 2
        assert "DAMAGED" not in told_by_tick(site)
        for name in site.uploads():
            stored = site.media / "uploads" / name
            content = bytearray(stored.read_bytes())
            content[500] ^= 1
            stored.write_bytes(content)
        [answer] = taken(members[:1], paths)
        assert (answer.status_code, answer.json()["code"]) == (400, "file_damaged"), answer.text
        site.python(A_NIGHT_LATER)
        told = told_by_tick(site)
        assert "DAMAGED: 2" in told, told
        assert [each.status_code for each in taken(members, paths)] == [400, 400]
        return f"refused with {answer.json()['code']}; a night later tick says {told!r}"


def path_of(member, version):
    return f"/api/v1/plans/{member.plan}/versions/{version['number']}/file/"


def taken(members, paths):
    """What each of ``members`` gets for the path of their own file."""
    return [member.api.get(path) for member, path in zip(members, paths, strict=False)]


def told_by_tick(site):
    return next(line for line in site.manage("tick").splitlines() if line.startswith("files:"))


def today(site):
    return site.python("from django.utils import timezone; answer = str(timezone.localdate())")


FAULTS = (media_disk_full, one_bit_flipped)
