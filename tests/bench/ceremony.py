"""What a large ceremony costs: the files of 1,000 certificates; called by the bench."""

import datetime as dt
import os
import tempfile
import zlib

from certificates import documents, exports
from certificates.models import Certificate, CertificateDocument
from participants.longwork import written_to
from participants.models import Enrolment, User
from tests.bench import apart
from tests.bench.certificates import person
from tests.bench.timing import medians
from tests.factories import CohortFactory, EnrolmentFactory, UserFactory

MANY, FEW = 1000, 100
DOWNLOADED = 200
MOODLE_A_SECOND = 4.8  # Moodle 4.3 with customcert: certificates in a download of 200
LARGEST_DAY = dt.date(2027, 7, 8)


def lines():
    """[(name, ratio, goal)].

    - print_file_size: the bytes of a print file of 1,000 people with different names, codes and
      hours, against those of their single files together
    - print_file_memory, zip_memory: the most memory that a process of its own has, for 1,000
      certificates against 100
    - zip: making the ZIP of 1,000 certificates, against reading and writing their bytes alone;
      both until they are on the disk, as a large file is kept
    - download_fifty_times: a ZIP of 200 of them, against a fiftieth of what Moodle took for 200.
      Its time was taken on another day, so this hangs on the machine
    """
    singles = ready()
    keys = list(Certificate.objects.order_by("pk").values_list("pk", flat=True))
    printed = sum(map(len, exports.printed(keys)))
    with tempfile.TemporaryFile() as file:
        zipped, copied = medians(
            lambda: kept(file, exports.zipped(keys)),
            lambda: written(file, stored(keys)),
            turns=15,
        )
        (download,) = medians(lambda: kept(file, exports.zipped(keys[:DOWNLOADED])), turns=15)
    return [
        ("print_file_size", printed / singles, 0.1),
        ("print_file_memory", peak("printed", MANY) / peak("printed", FEW), 1.3),
        ("zip_memory", peak("zipped", MANY) / peak("zipped", FEW), 1.3),
        ("zip", zipped / copied, 1.1),
        ("download_fifty_times", 50 * MOODLE_A_SECOND * download / DOWNLOADED, 1),
    ]


def ready():
    """Keep 1,000 certificates with bytes of their own; the bytes of all together."""
    cohort, issuer = CohortFactory(), UserFactory()
    people = User.objects.bulk_create(UserFactory.build() for _turn in range(MANY))
    enrolments = Enrolment.objects.bulk_create(
        EnrolmentFactory.build(cohort=cohort, participant=each, decided_by=issuer)
        for each in people
    )
    certificates = Certificate.objects.bulk_create(
        certificate_of(enrolment, turn, issuer) for turn, enrolment in enumerate(enrolments)
    )
    papers = [documents.certificate_pdf(each.facts) for each in certificates]
    CertificateDocument.objects.bulk_create(
        (
            CertificateDocument(certificate=certificate, pdf=pdf, crc32=zlib.crc32(pdf))
            for certificate, pdf in zip(certificates, papers, strict=True)
        ),
        batch_size=FEW,
    )
    return sum(map(len, papers))


def certificate_of(enrolment, turn, issuer):
    facts = person(turn)
    return Certificate(
        number=facts["number"],
        enrolment=enrolment,
        name=facts["name"],
        facts=facts,
        evidence=[],
        sha256=f"{turn:064}",
        award_date=LARGEST_DAY,
        issued_by=issuer,
    )


def stored(keys):
    """The bytes of these certificates: which they are has to be asked on either side."""
    found = CertificateDocument.objects.filter(pk__in=keys).order_by("pk")
    return found.values_list("pdf", flat=True).iterator(exports.AT_A_TIME)


def kept(file, pieces):
    """As the task does that makes the ZIP: it writes while it reads."""
    file.seek(0)
    for _number in written_to(file, pieces):
        pass


def written(file, pieces):
    """One after another, as one does who only copies."""
    file.seek(0)
    for piece in pieces:
        file.write(piece)
    file.flush()
    os.fsync(file.fileno())


def peak(what, count):
    """The most memory (in kB) of a process that makes ``what`` of so many certificates."""
    return apart.peak("peak", what, count)
