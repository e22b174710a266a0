"""Run as a program: prints what is wrong with a PDF as one word, or "passed" and its pages.

Stands alone, without Django, because it is started once for each PDF.
"""

import contextlib
import resource
import sys

import pikepdf

PASSED = "passed"
MEMORY_BYTES = 1024**3
UNPACKED_BYTES = 64 * 1024**2  # of one stream that holds objects
CPU_SECONDS = 15
MOST_NODES = 2_000_000  # a tagged report of hundreds of pages has some 200,000

# About the tree of pages, or about white space.
HARMLESS_WARNINGS = ("; repairing", "stream keyword followed by", "extraneous whitespace")

# The last is how LibreOffice puts the ODT in its "hybrid" PDF.
ACTIVE_KEYS = {
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
        with pikepdf.open(path, attempt_recovery=False, suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                return "encrypted"
            pages = len(pdf.pages)
            if not pages:
                return "damaged"
            walk(pdf)
            judge_warnings(pdf.get_warnings())
    except pikepdf.PasswordError:
        return "encrypted"
    except Found as found:
        return str(found)
    except MemoryError:
        return "too_much_inside"
    except UNREADABLE:
        return "too_much_inside" if pikepdf.settings.qpdf_limit_errors() else "damaged"
    return f"{PASSED} {pages}"


def walk(pdf):
    """Every object, also those that no page uses; direct ones inside others too."""
    visited = 0
    pending = [pdf.trailer]
    for indirect in pdf.objects:
        pending.append(indirect)
        while pending:
            node = pending.pop()
            visited += 1
            if visited > MOST_NODES:
                raise Found("too_much_inside")
            pending.extend(judged_children(node))


def judge_warnings(warnings):
    """An object that could not be read is seen as null here, but perhaps not by a viewer."""
    for warning in map(str, warnings):
        if "limit exceeded" in warning:
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
    if action in EXTERNAL_ACTIONS:
        raise Found("external_target")
    address = node.get("/URI")
    if isinstance(address, pikepdf.String) and is_active_address(str(address)):
        raise Found("active_content")


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
