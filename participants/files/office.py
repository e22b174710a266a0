"""Judges DOCX and ODT: text documents that run nothing and ask nothing of the network."""

import re

from participants.files.archives import Archive
from participants.files.refusals import refusal
from participants.files.xml_parts import XmlReader

DOCX_LIST = "[Content_Types].xml"
DOCX_TEXT = re.compile(r"word/document[0-9]*\.xml")
ODT_LIST = "META-INF/manifest.xml"
ODT_TYPE = b"application/vnd.oasis.opendocument.text"
ENCRYPTED_PART = "encrypted-package"  # how newer LibreOffice encrypts

MACRO_PART = re.compile(r"(?:.*/)?vba(?:project\.bin|data\.xml)|(?:basic|scripts|dialogs)/.*", re.I)
# Add-ins of Office are programs on somebody's web site.
ACTIVE_PART = re.compile(r"(?:.*/)?(?:activex|embeddings|webextensions)/.*", re.I)
PACKED_INSIDE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # another archive, or an OLE object

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
MACRO_ELEMENTS = {
    f"{ODF}script:1.0 event-listener",
    f"{ODF}office:1.0 script",
    f"{ODF}text:1.0 execute-macro",
    f"{ODF}text:1.0 script",
}
ACTIVE_ELEMENTS = {
    f"{ODF}drawing:1.0 applet",
    f"{ODF}drawing:1.0 plugin",
    f"{ODF}office:1.0 dde-source",
    f"{ODF}text:1.0 dde-connection-decl",
    "http://www.w3.org/2000/svg script",
    "http://www.w3.org/1999/xhtml script",
}
HREF = "http://www.w3.org/1999/xlink href"
SVG = "http://www.w3.org/2000/svg "
FETCHING_STYLE = re.compile(r"@import|url\(\s*['\"]?\s*(?:(?!data:)[a-z][a-z0-9+.-]*:|//)", re.I)
LINKS = {
    f"{ODF}text:1.0 a",
    f"{ODF}drawing:1.0 a",
    "http://www.w3.org/2000/svg a",
}
TEMPLATE = f"{ODF}meta:1.0 template"

ACTIVE_RELATIONS = ("/oleObject", "/package", "/control", "/activeXControlBinary", "/aFChunk")
SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.I)
MACRO_SCHEMES = {"macro", "vnd.sun.star.script", "vnd.sun.star.expand", "service", "slot", ".uno"}
ACTIVE_SCHEMES = {"javascript", "vbscript", "data", "search-ms", "ms-msdt"}
# Office notes on which template a document was made; one's own disk asks nothing of the network.
OWN_DISK = re.compile(r"(?:file:///)?[a-z]:[/\\]", re.I)
# The second spells a field by the numbers of its letters, so that nobody reads DDE.
AUTOMATIC_FIELD = re.compile(r"\bDDE(?:AUTO)?\b|\bQUOTE(?:\s+\d{2,3}){3}", re.I)
FETCHING_FIELD = re.compile(r'INCLUDE(?:PICTURE|TEXT)\s+"?\s*(?:[a-z]{2,}:|\\\\|//)', re.I)


def judge(path):
    """The kind, "docx" or "odt"; else ValidationError with one of the codes of ``refusals``."""
    with path.open("rb") as file:
        archive = Archive(file)
        reader = XmlReader()
        kind = _kind(archive, reader)
        for name in sorted(archive.names):
            _judge_part(archive, reader, name)
    return kind


def _kind(archive, reader):
    names = archive.names
    if ENCRYPTED_PART in names or _says_encrypted(archive, reader):
        raise refusal("encrypted")
    docx = DOCX_LIST in names and any(map(DOCX_TEXT.fullmatch, names))
    odt = {"mimetype", "content.xml"} <= names and archive.content("mimetype").strip() == ODT_TYPE
    if docx == odt:  # neither, or something that two programs would read in two ways
        raise refusal("unknown_kind")
    if any(map(MACRO_PART.fullmatch, names)):
        raise refusal("macros")
    if any(map(ACTIVE_PART.fullmatch, names)):
        raise refusal("active_content")
    return "docx" if docx else "odt"


def _says_encrypted(archive, reader):
    found = set()
    if ODT_LIST in archive.names:
        reader.read(archive.content(ODT_LIST), lambda name, attributes: found.add(name))
    return any(name.endswith(" encryption-data") for name in found)


def _judge_part(archive, reader, name):
    pieces = archive.pieces(name)
    head = next(pieces, b"")
    if head.startswith(PACKED_INSIDE):
        raise refusal("active_content")
    if not _is_xml(name, head):
        for _piece in pieces:  # counted, checked, forgotten
            pass
        return
    if content := archive.content(name):  # LibreOffice leaves empty ones
        reader.read(content, _element_judge(name), fields := Fields())
        fields.judge()


def _is_xml(name, head):
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:2]
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff")) or start in (b"<\0", b"\0<")
    return name.lower().endswith((".xml", ".rels", ".rdf", ".svg")) or start[:1] == b"<" or marked


def _element_judge(part):
    if part.lower().endswith(".rels"):
        return _judge_relation
    return _judge_content_type if part == DOCX_LIST else _judge_element


class Fields:
    """The field codes of a part, which Word may cut over many elements, and styles of drawings."""

    def __init__(self):
        self._codes, self._styles = [], []

    def __call__(self, element, text):
        if element.endswith(" instrText"):
            self._codes.append(text)
        elif element == f"{SVG}style":
            self._styles.append(text)

    def judge(self):
        judge_field("".join(self._codes))
        judge_style("".join(self._styles))


def judge_field(codes):
    if AUTOMATIC_FIELD.search(codes):
        raise refusal("active_content")
    if FETCHING_FIELD.search(codes):
        raise refusal("external_target")


def judge_style(text):
    if FETCHING_STYLE.search(text):
        raise refusal("external_target")


def _judge_content_type(name, attributes):
    kind = attributes.get("ContentType", "").lower()
    if "macroenabled" in kind or "vbaproject" in kind:
        raise refusal("macros")
    if "activex" in kind or "oleobject" in kind:
        raise refusal("active_content")


def _judge_relation(name, attributes):
    """A line of a .rels part: what the document pulls in, and from where."""
    kind, target = attributes.get("Type", ""), attributes.get("Target", "")
    if kind.endswith("/vbaProject"):
        raise refusal("macros")
    if kind.endswith(ACTIVE_RELATIONS):
        raise refusal("active_content")
    _judge_scheme(target)
    if kind.endswith("/hyperlink") or kind.endswith("/attachedTemplate") and OWN_DISK.match(target):
        return
    if attributes.get("TargetMode", "").lower() == "external" or _has_host(target):
        raise refusal("external_target")


def _judge_element(name, attributes):
    if name in MACRO_ELEMENTS:
        raise refusal("macros")
    if name in ACTIVE_ELEMENTS:
        raise refusal("active_content")
    if name.endswith(" fldSimple"):
        judge_field(" ".join(attributes.values()))
    if name.endswith(" imagedata") and _leads_outside(attributes.get("src", "")):
        raise refusal("external_target")
    if name.startswith(SVG):
        judge_style(" ".join(attributes.values()))
    if target := attributes.get(HREF) or name.startswith(SVG) and attributes.get("href"):
        _judge_href(name, target)


def _judge_href(name, target):
    if target.lower().startswith("data:image/"):
        return
    _judge_scheme(target)
    fetched = name not in LINKS and _leads_outside(target)
    if fetched and not (name == TEMPLATE and _is_on_own_disk(target)):
        raise refusal("external_target")


def _judge_scheme(target):
    scheme = SCHEME.match(target)
    if not scheme:
        return
    if scheme[1].lower() in MACRO_SCHEMES:
        raise refusal("macros")
    if scheme[1].lower() in ACTIVE_SCHEMES:
        raise refusal("active_content")


def _leads_outside(target):
    """Whether an address in ODT or SVG is no part of the package itself."""
    path = target.strip().replace("\\", "/")
    upward = path.startswith("/") or ".." in path.split("/")
    return not path.startswith("#") and (upward or _has_host(path))


def _has_host(target):
    path = target.strip().replace("\\", "/")
    return bool(SCHEME.match(path)) or path.startswith("//")


def _is_on_own_disk(target):
    return bool(OWN_DISK.match(target)) or not _has_host(target)
