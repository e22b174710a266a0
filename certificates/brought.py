"""What a file is that somebody brought. It is looked at in memory and kept nowhere."""

import hashlib
import re
import zlib
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice

from certificates import signatures
from certificates.models import Certificate

# The address in a QR code: 27 characters that nobody can guess. A number is no mark: numbers
# follow each other, and whoever makes one up may not learn whether it is one of ours.
MARK = re.compile(rb"/controle/[A-Za-z0-9_-]{27}/")
STREAM = re.compile(rb"stream\r?\n")
# Our own files have some thirty streams; a hostile one may unpack to no more than this.
MOST_STREAMS = 400
MOST_BYTES_A_STREAM = 512 * 1024
MOST_BYTES_UNPACKED = 8 * 1024 * 1024
STEP = 256  # bytes, which unpack to a quarter of a megabyte at most


class Kind(Enum):
    GENUINE = auto()  # byte for byte in our register
    NOT_AWARDED = auto()  # that too, but its day has not come: nobody knows it yet
    SIGNED = auto()  # whole and signed by us, and still not in the register
    CHANGED = auto()  # it says it is ours, and is not as we made it
    UNKNOWN = auto()


@dataclass(frozen=True)
class Brought:
    kind: Kind
    certificate: Certificate | None = None
    signature: signatures.Signature | None = None


def judged(pdf):
    """What ``pdf`` (bytes, PDF or not) is, by its hash, then by its signature and its marks."""
    signature = signatures.signature_in(pdf)
    sha256 = hashlib.sha256(pdf).hexdigest()
    rows = Certificate.objects.defer("evidence").select_related("replaced_by", "enrolment")
    if certificate := rows.filter(sha256=sha256).first():
        known = rows.awarded().filter(pk=certificate.pk).exists()
        return Brought(Kind.GENUINE if known else Kind.NOT_AWARDED, certificate, signature)
    return Brought(_kind(pdf, signature), signature=signature)


def _kind(pdf, signature):
    is_ours = signature is not None and signature.is_ours
    if is_ours and signature.intact:
        return Kind.SIGNED
    return Kind.CHANGED if is_ours or says_it_is_ours(pdf) else Kind.UNKNOWN


def says_it_is_ours(pdf):
    """Whether the address of a check page stands anywhere in ``pdf``, also where it is broken.

    Not asked of a PDF library: a changed file may have lost its table, and a hostile one is made
    to be long to read.
    """
    return any(MARK.search(part) for part in _parts(pdf))


def _parts(pdf):
    """The file itself and what its streams unpack to, within the limits above."""
    yield pdf
    left, bytes_of = MOST_BYTES_UNPACKED, memoryview(pdf)
    for start in islice(STREAM.finditer(pdf), MOST_STREAMS):
        part = _unpacked(bytes_of[start.end() :], min(left, MOST_BYTES_A_STREAM))
        left -= len(part)
        yield part
        if left <= 0:
            return


def _unpacked(packed, most):
    """What a stream holds up to a fault in it, or a step over ``most`` bytes; else empty."""
    unpacking, done = zlib.decompressobj(), bytearray()
    for start in range(0, len(packed), STEP):
        try:
            done += unpacking.decompress(packed[start : start + STEP])
        except zlib.error:
            break
        if unpacking.eof or len(done) >= most:
            break
    return done
