"""What is this file, and may we keep it? Judged by structure, never by name or by a sniffer."""

from participants.files import office, pdfs, photos
from participants.files.refusals import LARGEST_BYTES, refusal

PDF = b"%PDF-"
ZIP = b"PK\x03\x04"
JPEG = b"\xff\xd8\xff"
PNG = b"\x89PNG\r\n\x1a\n"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc", b"ftypavif")
# An encrypted .docx is an old Office container with this stream in it.
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def judge(path):
    """The kind ("pdf", "docx", "odt", "jpeg" or "png") of the file at ``path``, when we take it.

    Raises ValidationError with one of the codes of ``refusals.SENTENCES``.
    """
    judge_size(path.stat().st_size)
    with path.open("rb") as file:
        head = file.read(16)
    if head.startswith(PDF):
        return pdfs.judge(path)
    if head.startswith(ZIP):
        return office.judge(path)
    if head.startswith((JPEG, PNG)):
        return photos.judge(path, kind="png" if head.startswith(PNG) else "jpeg")
    raise _unknown(head, path)


def judge_size(count):
    """Raises ValidationError when ``count`` bytes are none at all or more than 25 MB."""
    if not count:
        raise refusal("empty_file")
    if count > LARGEST_BYTES:
        raise refusal("too_large")


def _unknown(head, path):
    if head[4:12] in HEIC:
        return refusal("unknown_kind", instead="heic")
    if head.startswith(OLD_OFFICE):
        if ENCRYPTED_PACKAGE in path.read_bytes():
            return refusal("encrypted")
        return refusal("unknown_kind", instead="doc")
    return refusal("unknown_kind")
