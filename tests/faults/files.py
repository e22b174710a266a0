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
    """Refused at the download, and listed by the nightly check."""
    with Site(folder, database.url).ready() as site:
        _cohort, _staff, [member] = people.under_way(site, 1)
        site.start_web()
        version = add(member, 1000).json()
        path = f"/api/v1/plans/{member.plan}/versions/{version['number']}/file/"
        assert member.api.get(path).content == pdf(1000)
        [name] = site.uploads()
        stored = site.media / "uploads" / name
        content = bytearray(stored.read_bytes())
        content[500] ^= 1
        stored.write_bytes(content)
        told = next(line for line in site.manage("tick").splitlines() if line.startswith("files:"))
        assert "DAMAGED" in told, told
        answer = member.api.get(path)
        assert (answer.status_code, answer.json()["code"]) == (400, "file_damaged"), answer.text
        return f"refused with {answer.json()['code']}; tick says {told!r}"


def today(site):
    return site.python("from django.utils import timezone; answer = str(timezone.localdate())")


FAULTS = (media_disk_full, one_bit_flipped)
