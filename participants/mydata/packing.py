"""Everything of one person as one ZIP, made while it is sent."""

import json
import zipfile
from collections import deque

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone

from participants.mydata import gathering

PIECE_BYTES = 64 * 1024
FOLDER = "bestanden"


def packed(user):
    """The bytes of the ZIP, piece by piece; what it is made of is read before the first.

    So that trouble with the database is an answer, and not half a file.
    """
    made_at = timezone.now()
    chapters = list(gathering.chapters(user))
    documents = list(gathering.documents(user))
    texts = {
        "index.html": render_to_string(
            "participants/mydata/export.html",
            {"person": user, "chapters": chapters, "documents": documents, "made_at": made_at},
        ),
        "stijl.css": render_to_string("participants/mydata/export.css"),
        "gegevens.json": as_json(user, chapters, documents, made_at),
    }
    return _pieces(texts, documents, timezone.localtime(made_at).timetuple()[:6])


def as_json(user, chapters, documents, made_at):
    """The same for a program: each part under the name of its model."""
    parts = {
        part.key: [{fact.key: fact.value for fact in row} for row in rows]
        for chapter in chapters
        for part, rows in chapter.parts
    }
    files = [
        {"name": document.name, "included": bool(document.open), "note": str(document.note)}
        for document in documents
    ]
    told = {"made_at": made_at, "name": user.name, "parts": parts, "files": files}
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)


class _Outbox:
    """What the ZIP writes to; it cannot go back, so sizes come after the bytes."""

    def __init__(self):
        self.pieces = deque()

    def write(self, data):
        self.pieces.append(bytes(data))
        return len(data)

    def flush(self):
        pass

    def taken(self):
        while self.pieces:
            yield self.pieces.popleft()


def _pieces(texts, documents, moment):
    outbox = _Outbox()
    with zipfile.ZipFile(outbox, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(_entry(name, moment), text)
            yield from outbox.taken()
        for document in documents:
            if document.open:
                yield from _copied(archive, document, moment, outbox)
    yield from outbox.taken()


def _copied(archive, document, moment, outbox):
    try:
        source = document.open()
    except FileNotFoundError:  # removed since we looked
        return
    with source, archive.open(_entry(f"{FOLDER}/{document.name}", moment), "w") as target:
        while piece := source.read(PIECE_BYTES):
            target.write(piece)
            yield from outbox.taken()


def _entry(name, moment):
    entry = zipfile.ZipInfo(name, moment)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry
