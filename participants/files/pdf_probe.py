"""Run as a program: prints what is wrong with a PDF as one word, or "passed" and its pages.

Stands alone, without Django, because it is started once for each PDF.
"""

import contextlib
import os
import resource
import sys
import zlib

import pikepdf

PASSED = "passed"
MEMORY_BYTES = 1024**3
UNPACKED_BYTES = 16 * 1024**2  # of one stream that is unpacked whole, as those with objects
MOST_BYTES = 100 * 1024**2  # of all streams but pictures
RATIO = 100
RATIO_COUNTS_FROM = 10 * 1024**2
MOST_PIXELS = 100_000_000  # of one picture: an A3 scanned as finely as printers print
MOST_PAGES = 2_000
PIECE = 64 * 1024
CPU_SECONDS = 15
MOST_NODES = 2_000_000  # a tagged report of hundreds of pages has some 200,000

OVER_A_LIMIT = "limit exceeded"
# About the tree of pages, or about white space.
HARMLESS_WARNINGS = ("; repairing", "stream keyword followed by", "extraneous whitespace")

# The end of a zip file: its mark, 16 bytes, and how long a comment follows.
ZIP_END = b"PK\x05\x06"
ZIP_END_BYTES = 22
LONGEST_COMMENT = 64 * 1024
END = b"%%EOF"
BLANK = b"\0\t\n\f\r "

# The last is how LibreOffice puts the ODT in its "hybrid" PDF.
ACTIVE_KEYS = {
    "/Collection",
    "/JavaScript",
    "/JS",
    "/EmbeddedFiles",
    "/EF",
    "/XFA",
    "/RichMediaContent",
    "/AdditionalStreams",
}
ACTIVE_ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/ImportData",
    "/SubmitForm",
    "/Rendition",
    "/RichMediaExecute",
    "/Movie",
    "/Sound",
    "/Trans3D",
    "/GoTo3DView",
}
EXTERNAL_ACTIONS = {"/GoToR", "/GoToE"}
ACTIVE_TYPES = {"/EmbeddedFile", "/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/3D"}
ACTIVE_ADDRESSES = ("javascript:", "vbscript:", "data:")
# What pikepdf raises over bytes that are no sound PDF.
UNREADABLE = (
    pikepdf.PdfError,
    pikepdf.DataDecodingError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


class Found(Exception):
    """Carries the one word."""


def verdict(path):
    """The word for the file at ``path``: ``PASSED`` and a number, or the code of a refusal."""
    try:
        judge_ending(path)
        with pikepdf.open(path, attempt_recovery=False, suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                return "encrypted"
            pages = len(pdf.pages)
            if not pages:
                return "damaged"
            if pages > MOST_PAGES:
                return "too_much_inside"
            walk(pdf, most=most_bytes(os.path.getsize(path)))
            judge_warnings(pdf.get_warnings())
    except pikepdf.PasswordError:
        return "encrypted"
    except Found as found:
        return str(found)
    except MemoryError:
        return "too_much_inside"
    except UNREADABLE as fault:
        over = pikepdf.settings.qpdf_limit_errors() or OVER_A_LIMIT in str(fault)
        return "too_much_inside" if over else "damaged"
    return f"{PASSED} {pages}"


def judge_ending(path):
    """A PDF ends with its own end: no zip file that other programs would open instead."""
    with open(path, "rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - LONGEST_COMMENT - ZIP_END_BYTES, 0))
        tail = file.read()
    at = tail.rfind(ZIP_END)
    comment = int.from_bytes(tail[at + 20 : at + 22], "little")
    if at >= 0 and at + ZIP_END_BYTES + comment == len(tail):
        raise Found("active_content")
    if not tail.rstrip(BLANK).endswith(END):
        raise Found("damaged")


def most_bytes(size):
    """How much a file of ``size`` bytes may unpack to, its pictures left out."""
    return min(MOST_BYTES, max(RATIO_COUNTS_FROM, RATIO * size))


def walk(pdf, *, most):
    """Every object, also those that no page uses; direct ones inside others too."""
    visited = unpacked = 0
    pending = [pdf.trailer]
    for indirect in pdf.objects:
        pending.append(indirect)
        if isinstance(indirect, pikepdf.Stream):
            unpacked += unpacked_bytes(indirect, most - unpacked)
        while pending:
            node = pending.pop()
            visited += 1
            if visited > MOST_NODES:
                raise Found("too_much_inside")
            pending.extend(judged_children(node))


def unpacked_bytes(stream, most):
    """How many bytes come out of ``stream``, counted and forgotten; pictures by their pixels."""
    filters = filters_of(stream)
    if stream.get("/Subtype") == "/Image":
        if int(stream.get("/Width", 0)) * int(stream.get("/Height", 0)) > MOST_PIXELS:
            raise Found("too_much_inside")
        return 0
    if filters.count("/FlateDecode") > 1:  # nobody packs twice but to hide how much it is
        raise Found("too_much_inside")
    if filters != ["/FlateDecode"]:
        return len(stream.read_bytes()) if "/FlateDecode" in filters else 0
    count = sum(map(len, inflated(stream.read_raw_bytes(), most)))
    if count > most:
        raise Found("too_much_inside")
    return count


def inflated(packed, most):
    """The unpacked bytes in pieces, until there are more than ``most``, or they make no sense."""
    inflate, count = zlib.decompressobj(), 0
    for at in range(0, len(packed), PIECE):
        waiting = packed[at : at + PIECE]
        while waiting and count <= most:
            try:
                piece = inflate.decompress(waiting, 16 * PIECE)
            except zlib.error:  # a viewer stops here too
                return
            count += len(piece)
            yield piece
            waiting = inflate.unconsumed_tail


def filters_of(stream):
    value = stream.get("/Filter", [])
    return [str(value)] if isinstance(value, pikepdf.Name) else [str(name) for name in value]


def judge_warnings(warnings):
    """An object that could not be read is seen as null here, but perhaps not by a viewer."""
    for warning in map(str, warnings):
        if OVER_A_LIMIT in warning:
            raise Found("too_much_inside")
        if not any(harmless in warning for harmless in HARMLESS_WARNINGS):
            raise Found("damaged")


def judged_children(node):
    """What stands directly inside ``node``; what it points to comes along by itself."""
    if isinstance(node, pikepdf.Stream):
        if "/F" in node.stream_dict:  # its bytes are elsewhere
            raise Found("external_target")
        node = node.stream_dict
    if isinstance(node, pikepdf.Dictionary):
        judge_dictionary(node)
        children = (child for _, child in node.items())
    elif isinstance(node, pikepdf.Array):
        children = iter(node)
    else:
        return []
    return [child for child in children if is_direct_container(child)]


def is_direct_container(child):
    return isinstance(child, pikepdf.Object) and not child.is_indirect


def judge_dictionary(node):
    action = name_of(node, "/S")
    kinds = {name_of(node, "/Type"), name_of(node, "/Subtype")}
    if ACTIVE_KEYS & set(node.keys()) or action in ACTIVE_ACTIONS or kinds & ACTIVE_TYPES:
        raise Found("active_content")
    if action in EXTERNAL_ACTIONS or fetches(node):
        raise Found("external_target")
    address = node.get("/URI")
    if isinstance(address, pikepdf.String) and is_active_address(str(address)):
        raise Found("active_content")


def fetches(node):
    """Whether ``node`` is a file at an address, or a page that is drawn out of another file."""
    drawn = node.get("/Ref")
    return name_of(node, "/FS") == "/URL" or isinstance(drawn, pikepdf.Dictionary) and "/F" in drawn


def is_active_address(address):
    return address.strip().lower().startswith(ACTIVE_ADDRESSES)


def name_of(node, key):
    value = node.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else None


if __name__ == "__main__":
    with contextlib.suppress(ValueError, OSError):  # some systems cannot limit memory
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=UNPACKED_BYTES,
        png_max_memory=UNPACKED_BYTES,
        run_length_max_memory=UNPACKED_BYTES,
        tiff_max_memory=UNPACKED_BYTES,
        max_stream_filters=2,
    )
    print(verdict(sys.argv[1]))
