"""A whole batch at once: one ZIP to hand out, one PDF to print."""

import csv
import hashlib
import io
import re
import zipfile

from certificates import documents

LONGEST = 100  # characters of a file name; every file system takes that
LIST_NAME = "lijst.csv"
# Separators, what Windows refuses, and what cannot be seen or turns the text around.
UNFIT = re.compile(r'[\s<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+')


def zip_of(certificates):
    """Yield the bytes of a ZIP, piece by piece, with a PDF for each and a list of all.

    ``certificates`` are (number, name, pdf_bytes), and may come from a generator: no more than
    one of them is held. As many files come out as certificates go in, whatever people are called.
    """
    window = Window()
    listed = []
    taken = {LIST_NAME}
    with zipfile.ZipFile(window, "w", zipfile.ZIP_STORED) as archive:
        for number, name, pdf in certificates:
            file_name = unused(f"{number} {name}", taken)
            archive.writestr(entry(file_name), pdf)
            listed.append((number, name, file_name, hashlib.sha256(pdf).hexdigest()))
            yield window.drained()
        archive.writestr(entry(LIST_NAME), list_of(listed))
        if len(set(archive.namelist())) != len(listed) + 1:
            raise RuntimeError(f"{len(listed)} certificates went in, {archive.namelist()} came out")
    yield window.drained()


def print_pdf(many_facts, *, fronts_only=False):
    """One PDF of all certificates for the printer; fonts and drawings are in it once."""
    return documents.print_file(many_facts, fronts_only=fronts_only)


def entry(file_name):
    """Stored, not deflated: a PDF is deflated already. A fixed date: the same in, the same out."""
    return zipfile.ZipInfo(file_name, date_time=(1980, 1, 1, 0, 0, 0))


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
    """The list as CSV that a Dutch spreadsheet opens by itself: semicolons and a BOM."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(["nummer", "naam", "bestand", "sha256"])
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def inert(cell):
    """A cell that a spreadsheet shows and never calculates."""
    return f"'{cell}" if cell.lstrip().startswith(("=", "+", "-", "@")) else cell


class Window(io.RawIOBase):
    """What was written since it was last drained, at its place in the whole file.

    ZipFile goes back to an entry's head once it knows its sum; that head is still in the window.
    """

    def __init__(self):
        self.sent = 0
        self.kept = io.BytesIO()

    def seekable(self):
        return True

    def writable(self):
        return True

    def tell(self):
        return self.sent + self.kept.tell()

    def seek(self, offset, whence=io.SEEK_SET):
        if whence != io.SEEK_SET:
            raise io.UnsupportedOperation("only from the start")
        self.kept.seek(offset - self.sent)
        return offset

    def write(self, data):
        return self.kept.write(data)

    def drained(self):
        piece = self.kept.getvalue()
        self.sent += len(piece)
        self.kept = io.BytesIO()
        return piece
