"""Zip files, without belief in what they say about themselves.

Python's ``zipfile`` is only asked for the list; sizes, places and checksums are seen to here.
"""

import os
import re
import stat
import struct
import zipfile
import zlib

from participants.files.refusals import refusal

MOST_PARTS = 2_000
MOST_LIST_BYTES = 1024 * 1024
MOST_BYTES = 200 * 1024 * 1024
MOST_IN_MEMORY = 32 * 1024 * 1024  # one part that is read whole
RATIO = 100
RATIO_COUNTS_FROM = 10 * 1024 * 1024
PIECE = 64 * 1024

END = struct.Struct("<4s4H2LH")
LOCAL = struct.Struct("<4s5H3L2H")
ENCRYPTED_FLAGS = 0x1 | 0x40 | 0x2000
UTF8_FLAG = 0x800
SIZES_FOLLOW_FLAG = 0x8
IN_ZIP64 = 0xFFFFFFFF
UNREADABLE = (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError, EOFError)


class Archive:
    """An open zip file of which list, names and places hold.

    Raises ValidationError (``damaged``, ``encrypted``, ``too_much_inside``), here and while
    its parts are read.
    """

    def __init__(self, file):
        self._file = file
        self._size = os.fstat(file.fileno()).st_size
        self._unpacked = 0
        list_start, count = self._judge_end()
        self._parts = {info.filename: info for info in self._listed(list_start, count)}
        self._starts = self._judge_places(list_start)

    @property
    def names(self):
        """Names of the parts, folders left out."""
        return {name for name, info in self._parts.items() if not info.is_dir()}

    def pieces(self, name):
        """The real bytes of a part, piece by piece, counted against the caps."""
        info = self._parts[name]
        checksum = count = 0
        for piece in self._inflated(info):
            checksum = zlib.crc32(piece, checksum)
            count += len(piece)
            self._count(len(piece))
            yield piece
        if count != info.file_size or checksum != info.CRC:
            raise refusal("damaged")

    def content(self, name):
        """A whole part of at most 32 MB."""
        content = bytearray()
        for piece in self.pieces(name):
            content += piece
            if len(content) > MOST_IN_MEMORY:
                raise refusal("too_much_inside")
        return bytes(content)

    def _judge_end(self):
        """Where the list starts and how many it names; behind its end stands nothing."""
        self._file.seek(max(self._size - END.size, 0))
        try:
            mark, disk, first, here, count, length, start, comment = END.unpack(self._file.read())
        except struct.error:
            raise refusal("damaged") from None
        whole = start + length + END.size == self._size
        if mark != b"PK\x05\x06" or disk or first or comment or here != count or not whole:
            raise refusal("damaged")
        if count > MOST_PARTS or length > MOST_LIST_BYTES:
            raise refusal("too_much_inside")
        return start, count

    def _listed(self, list_start, count):
        try:
            archive = zipfile.ZipFile(self._file)
        except UNREADABLE:
            raise refusal("damaged") from None
        listed = archive.infolist()
        for info in listed:
            _judge_entry(info)
        # Two lists in one file (zip64 beside the old one), or two parts of one name: two
        # programs would read two documents.
        different = {info.filename.casefold() for info in listed}
        if archive.start_dir != list_start or not len(different) == len(listed) == count:
            raise refusal("damaged")
        return listed

    def _judge_places(self, list_start):
        """Where the data of each part starts; no part may reach into the next."""
        starts, free_from = {}, 0
        for info in sorted(self._parts.values(), key=lambda info: info.header_offset):
            if info.header_offset < free_from:
                raise refusal("damaged")
            starts[info.filename] = start = self._data_start(info)
            free_from = start + info.compress_size
        if free_from > list_start:
            raise refusal("damaged")
        return starts

    def _data_start(self, info):
        """Raises when the header at the part tells another story than the list."""
        self._file.seek(info.header_offset)
        try:
            mark, _, flags, method, _, _, _, packed, _, name_length, extra_length = LOCAL.unpack(
                self._file.read(LOCAL.size)
            )
        except struct.error:
            raise refusal("damaged") from None
        encoding = "utf-8" if info.flag_bits & UTF8_FLAG else "cp437"
        same_name = self._file.read(name_length) == info.orig_filename.encode(encoding)
        known = {info.compress_size, IN_ZIP64}
        same_size = bool(flags & SIZES_FOLLOW_FLAG) or packed in known
        same = same_name and same_size and method == info.compress_type
        if mark != b"PK\x03\x04" or not same:
            raise refusal("damaged")
        if flags & ENCRYPTED_FLAGS:
            raise refusal("encrypted")
        return info.header_offset + LOCAL.size + name_length + extra_length

    def _inflated(self, info):
        packed = self._packed(info)
        if info.compress_type == zipfile.ZIP_STORED:
            yield from packed
            return
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for piece in packed:
                while piece:
                    yield inflate.decompress(piece, PIECE)
                    piece = inflate.unconsumed_tail
            yield inflate.flush()
        except zlib.error:
            raise refusal("damaged") from None
        if not inflate.eof or inflate.unused_data:
            raise refusal("damaged")

    def _packed(self, info):
        at, left = self._starts[info.filename], info.compress_size
        while left:
            self._file.seek(at)
            piece = self._file.read(min(left, PIECE))
            if not piece:
                raise refusal("damaged")
            yield piece
            at, left = at + len(piece), left - len(piece)

    def _count(self, count):
        self._unpacked += count
        bursts = self._unpacked > RATIO_COUNTS_FROM and self._unpacked > RATIO * self._size
        if self._unpacked > MOST_BYTES or bursts:
            raise refusal("too_much_inside")


def _judge_entry(info):
    if info.flag_bits & ENCRYPTED_FLAGS:
        raise refusal("encrypted")
    packing = info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    link = stat.S_ISLNK(info.external_attr >> 16)
    renamed = info.filename != info.orig_filename
    if not packing or link or renamed or not _stays_inside(info.orig_filename):
        raise refusal("damaged")


def _stays_inside(name):
    """A plain relative path: no way up, no drive, no second spelling of the same."""
    steps = name.removesuffix("/").split("/")
    plain = name.isprintable() and "\\" not in name and not re.match("[A-Za-z]:", name)
    return plain and not {"", ".", ".."} & set(steps)
