"""A PDF of any length in little memory: written object by object, and handed on as it grows."""

import hashlib
import struct
import zlib

HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
PLACE = struct.Struct(">BIH")  # one row of the table of objects; see ISO 32000-1, 7.5.8.3
MOST_TOGETHER = 200  # small objects that are deflated as one
IN_FILE, TOGETHER = 1, 2  # where an object stands


class Writer:
    """Of what was written it remembers where it stands: seven bytes for each object."""

    def __init__(self):
        self.sent = 0
        self.kept = bytearray(HEAD)
        self.table = bytearray(PLACE.size)  # object 0 is nobody's
        self.small = []
        self.seen = hashlib.md5(usedforsecurity=False)

    def reserve(self):
        """The number of an object that others may name before it is there."""
        self.table += bytes(PLACE.size)
        return len(self.table) // PLACE.size - 1

    def put(self, text, number=None):
        """Write an object that is no stream; returns its number."""
        number = number or self.reserve()
        self.small.append((number, text))
        if len(self.small) == MOST_TOGETHER:
            self._put_together()
        return number

    def stream(self, entries, data, number=None):
        """Write a stream whose dictionary has ``entries``; ``data`` is as these say."""
        number = number or self.reserve()
        self._place(number, IN_FILE, self.sent + len(self.kept), 0)
        self.kept += b"%d 0 obj\n<<%b/Length %d>>\nstream\n" % (number, entries, len(data))
        self.kept += data
        self.kept += b"\nendstream\nendobj\n"
        return number

    def deflated(self, entries, data, number=None):
        return self.stream(entries + b"/Filter/FlateDecode", zlib.compress(data), number)

    def close(self, root, info):
        """Write the end; the numbers are those of the catalogue and of what tells of the file."""
        self._put_together()
        table, start = self.reserve(), self.sent + len(self.kept)
        self._place(table, IN_FILE, start, 0)
        self.seen.update(self.kept)
        name = self.seen.hexdigest().encode()
        entries = b"/Type/XRef/W[1 4 2]/Size %d/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]"
        rows = len(self.table) // PLACE.size
        self.deflated(entries % (rows, root, info, name, name), bytes(self.table), table)
        self.kept += b"startxref\n%d\n%%%%EOF\n" % start

    def drained(self):
        """What was written since this was last asked."""
        piece = bytes(self.kept)
        self.seen.update(piece)
        self.sent += len(piece)
        self.kept.clear()
        return piece

    def _put_together(self):
        if not self.small:
            return
        container = self.reserve()
        heads, bodies = [], bytearray()
        for place, (number, text) in enumerate(self.small):
            self._place(number, TOGETHER, container, place)
            heads.append(b"%d %d" % (number, len(bodies)))
            bodies += text + b"\n"
        head = b" ".join(heads) + b"\n"
        entries = b"/Type/ObjStm/N %d/First %d" % (len(heads), len(head))
        self.small = []
        self.deflated(entries, head + bodies, container)

    def _place(self, number, kind, where, index):
        PLACE.pack_into(self.table, number * PLACE.size, kind, where, index)
