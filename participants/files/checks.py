"""What is this file, and may we keep it? Judged by structure, never by name or by a sniffer."""

from typing import NamedTuple

from participants.files import office, pdfs, photos
from participants.files.refusals import LARGEST_BYTES, refusal

PDF = b"%PDF-"
ZIP = b"PK\x03\x04"
JPEG = b"\xff\xd8\xff"
PNG = b"\x89PNG\r\n\x1a\n"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Phones of one maker keep photos like this; ``storing`` makes a JPEG of it first.
HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc", b"ftypheim", b"ftypheis")
AVIF = b"ftypavif"
# An encrypted .docx is an old Office container with this stream in it.
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


class Judged(NamedTuple):
    """A file that we take: "pdf", "docx", "odt", "jpeg" or "png"; the pages of a PDF."""

    kind: str
    pages: int | None = None


def judge(path):
    """The file at ``path`` as Judged, when we take it.

    Raises ValidationError with one of the codes of ``refusals.SENTENCES``.
    """
    judge_size(path.stat().st_size)
    head = _head(path)
    if head.startswith(PDF):
        return Judged("pdf", pdfs.judge(path))
    if head.startswith(ZIP):
        return Judged(office.judge(path))
    if head.startswith((JPEG, PNG)):
        return Judged(photos.judge(path, kind="png" if head.startswith(PNG) else "jpeg"))
    raise _unknown(head, path)


def is_heic(path):
    """Whether the file at ``path`` says that it is a photo of a kind that ``heif_redraw`` reads."""
    return _head(path)[4:12] in HEIC


def judge_size(count):
    """Raises ValidationError when ``count`` bytes are none at all or more than 25 MB."""
    if not count:
        raise refusal("empty_file")
    if count > LARGEST_BYTES:
        raise refusal("too_large")


def _head(path):
    with path.open("rb") as file:
        return file.read(16)


def _unknown(head, path):
    if head[4:12] in (*HEIC, AVIF):
        return refusal("unknown_kind", instead="heic")
    if head.startswith(OLD_OFFICE):
        if ENCRYPTED_PACKAGE in path.read_bytes():
            return refusal("encrypted")
        return refusal("unknown_kind", instead="doc")
    return refusal("unknown_kind")
