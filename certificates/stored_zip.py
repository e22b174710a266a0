"""A ZIP of files that are stored as they are, written piece by piece, as fast as they are read.

After APPNOTE.TXT of PKWARE, version 6.3.3, without zip64. Why not ``zipfile``: it sums the bytes
again, and that alone costs more than reading them. The sum was taken when the file was made;
so bytes that changed since do not unpack without a complaint.
"""

import struct

HEAD = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
VERSION = 20
NAMES_IN_UTF_8 = 0x0800
STORED = 0
NO_TIME, DAY_ONE = 0, 0x0021  # 1 January 1980: the same in, the same out
MADE_ON_UNIX, PLAIN_FILE = 3 << 8, 0o100644 << 16
MOST_FILES, MOST_BYTES = 0xFFFF, 0xFFFFFFFF


class StoredZip:
    """What was written so far; the caller sends each piece on and keeps none."""

    def __init__(self):
        self.sent = 0
        self.entries = []

    def head(self, name, size, crc32):
        """The bytes before a file of ``size`` bytes; the file itself must follow.

        Raises ValueError where a ZIP without zip64 is full: 65,535 files or 4 GiB.
        """
        path = name.encode()
        if len(self.entries) == MOST_FILES or self.sent + size > MOST_BYTES - 2**20:
            raise ValueError("a ZIP holds 65,535 files or 4 GiB at most")
        facts = (VERSION, NAMES_IN_UTF_8, STORED, NO_TIME, DAY_ONE, crc32, size, size, len(path), 0)
        self.entries.append((path, facts, self.sent))
        self.sent += HEAD.size + len(path) + size
        return HEAD.pack(b"PK\x03\x04", *facts) + path

    def end(self):
        """The bytes after the last file: what is in it, and where."""
        listed = b"".join(_listed(*entry) for entry in self.entries)
        count = len(self.entries)
        return listed + END.pack(b"PK\x05\x06", 0, 0, count, count, len(listed), self.sent, 0)


def _listed(path, facts, start):
    places = (0, 0, 0, PLAIN_FILE, start)
    return CENTRAL.pack(b"PK\x01\x02", MADE_ON_UNIX | VERSION, *facts, *places) + path
