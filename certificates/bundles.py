"""A whole batch at once: one ZIP to hand out, one PDF to print."""

import re
import zlib

from certificates import printing
from certificates.stored_zip import StoredZip
from participants.paper.archival import NO_IMAGES
from participants.sheets import as_csv

LONGEST = 100  # characters of a file name; every file system takes that
LIST_NAME = "lijst.csv"
# Separators, what Windows refuses, and what cannot be seen or turns the text around.
UNFIT = re.compile(r'[\s<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+')


def zip_of(certificates):
    """Yield the bytes of a ZIP, with a PDF for each and a list of all.

    Two pieces for each, what stands before the PDF and the PDF: as one they would be copied.
    ``certificates`` are (number, name, sha256, crc32, pdf_bytes), and may come from a generator:
    no more than one is held. As many files come out as certificates go in, whatever people are
    called. ``crc32`` may be None.
    """
    archive = StoredZip()
    listed = []
    taken = {LIST_NAME}
    for number, name, sha256, crc32, pdf in certificates:
        file_name = unused(f"{number} {name}", taken)
        crc32 = zlib.crc32(pdf) if crc32 is None else crc32
        yield archive.head(file_name, len(pdf), crc32)
        yield pdf
        listed.append((number, name, file_name, sha256))
    rows = list_of(listed)
    yield archive.head(LIST_NAME, len(rows), zlib.crc32(rows)) + rows + archive.end()


def print_pdf(many_facts, *, images=NO_IMAGES, fronts_only=False):
    """Yield the bytes of one PDF of all certificates for the printer, person by person.

    ``many_facts`` is called for an iterator over the facts of all, more than once.
    """
    return printing.print_file(many_facts, images=images, fronts_only=fronts_only)


def unused(title, taken):
    """A readable ``.pdf`` name that no entry has yet, also where case is ignored; adds it."""
    stem = UNFIT.sub(" ", title)
    stem = stem.strip(" .")[:LONGEST].strip(" .") or "certificaat"
    name, turn = f"{stem}.pdf", 1
    while name.casefold() in taken:
        turn += 1
        name = f"{stem} ({turn}).pdf"
    taken.add(name.casefold())
    return name


def list_of(rows):
    """The list as CSV, see ``sheets``."""
    return b"".join(as_csv(["nummer", "naam", "bestand", "sha256"], rows))
