import warnings
import zipfile

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from participants.files import apart
from participants.files.checks import judge
from participants.files.models import StoredFile
from participants.files.refusals import LARGEST_BYTES, SENTENCES
from participants.files.storing import store
from tests.factories import UserFactory
from tests.participants.files import corpus
from tests.participants.files.corpus import docx, docx_parts, odt, odt_parts, relation

DTD = '<!DOCTYPE x [<!ENTITY a "b">]>'
ASSEMBLY = "application/vnd.ms-word.document.macroEnabled.main+xml"
ENCRYPTED_ENTRY = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
PARENT = '<Relationship Id="r" Type="x/image" Target="../media/a.png"/>'


def launching_annotation(document):
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    direct = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=action)
    document.pages[0].obj.Annots = pikepdf.Array([pikepdf.Array([direct])])


def embedded_file(document):
    document.attachments["plan.exe"] = b"MZ"


def hidden_object(document):
    """Nothing on the page points to it."""
    orphan = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.Root.Extra = document.make_indirect(pikepdf.Array([pikepdf.Array([orphan])]))


def external_stream(document):
    document.Root.Extra = document.make_indirect(
        pikepdf.Stream(document, b"", F="http://elders.example/x")
    )


def hybrid(document):
    document.trailer.AdditionalStreams = pikepdf.Array([document.make_stream(odt())])


def no_pages(document):
    del document.pages[0]


def pdf_with_password(**options):
    return corpus.changed_pdf(lambda _: None, encryption=pikepdf.Encryption(**options))


ZIP = b"PK\x03\x04"
HOSTILE = {
    "nothing": ("empty_file", lambda: b""),
    "one byte too many": ("too_large", lambda: b"%PDF-" + bytes(LARGEST_BYTES - 4)),
    # Not what it says, or nothing we know.
    "plain text": ("unknown_kind", lambda: b"Mijn POP"),
    "a program": ("unknown_kind", lambda: b"MZ" + bytes(200)),
    "a web page": ("unknown_kind", lambda: b"<!DOCTYPE html><script>alert(1)</script>"),
    "svg": ("unknown_kind", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "gif": ("unknown_kind", lambda: corpus.photo("GIF", mode="L")),
    "avif": ("unknown_kind", lambda: b"\0\0\0\x18ftypavif" + bytes(99)),
    "heic that is cut off": ("damaged", lambda: corpus.HEIC[:-200]),
    "heic without a picture": ("damaged", lambda: b"\0\0\0\x18ftypheic" + bytes(99)),
    "old word": ("unknown_kind", lambda: corpus.OLE),
    "pdf after other bytes": ("unknown_kind", lambda: b"\n" + corpus.pdf()),
    "zip of anything": ("unknown_kind", lambda: corpus.zipped([("a.txt", b"a")])),
    "spreadsheet": (
        "unknown_kind",
        lambda: corpus.zipped([("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<x/>")]),
    ),
    "odt of another kind": (
        "unknown_kind",
        lambda: corpus.zipped((odt_parts() | {"mimetype": corpus.ODT_TYPE + b"-master"}).items()),
    ),
    "docx and odt at once": (
        "unknown_kind",
        lambda: corpus.zipped((docx_parts() | odt_parts()).items()),
    ),
    # PDF.
    "cut pdf": ("damaged", lambda: corpus.pdf()[:-200]),
    "pdf by name of its first bytes": ("damaged", lambda: b"%PDF-1.7\nhello"),
    "pdf without pages": ("damaged", lambda: corpus.changed_pdf(no_pages)),
    "pdf to open with a password": (
        "encrypted",
        lambda: pdf_with_password(user="geheim", owner="geheim"),
    ),
    "pdf that only its owner may change": ("encrypted", lambda: pdf_with_password(owner="geheim")),
    "script on opening": (
        "active_content",
        lambda: corpus.pdf_with("<< /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>"),
    ),
    "script in disguise": (
        "active_content",
        lambda: corpus.pdf_with("<< /OpenAction << /S /J#61vaScript >> >>"),
    ),
    "script on closing": (
        "active_content",
        lambda: corpus.pdf_with("<< /AA << /WC << /S /JavaScript /JS (x) >> >> >>"),
    ),
    "script after another action": (
        "active_content",
        lambda: corpus.pdf_with("<< /OpenAction << /S /Named /Next [<< /S /Launch >>] >> >>"),
    ),
    "script by name": (
        "active_content",
        lambda: corpus.pdf_with("<< /Names << /JavaScript << /Names [] >> >> >>"),
    ),
    "script as address": (
        "active_content",
        lambda: corpus.pdf_with("<< /OpenAction << /S /URI /URI (JavaScript:x) >> >>"),
    ),
    "script in an object stream": (
        "active_content",
        lambda: corpus.changed_pdf(
            hidden_object, object_stream_mode=pikepdf.ObjectStreamMode.generate
        ),
    ),
    "program behind a link": (
        "active_content",
        lambda: corpus.changed_pdf(launching_annotation),
    ),
    "file in a pdf": ("active_content", lambda: corpus.changed_pdf(embedded_file)),
    "odt in a pdf": ("active_content", lambda: corpus.changed_pdf(hybrid)),
    "xfa form": ("active_content", lambda: corpus.pdf_with("<< /AcroForm << /XFA [] >> >>")),
    "form that sends": (
        "active_content",
        lambda: corpus.pdf_with("<< /OpenAction << /S /SubmitForm >> >>"),
    ),
    "pdf that opens another": (
        "external_target",
        lambda: corpus.pdf_with("<< /OpenAction << /S /GoToR /F (//elders.example/x.pdf) >> >>"),
    ),
    "pdf whose bytes are elsewhere": (
        "external_target",
        lambda: corpus.changed_pdf(external_stream),
    ),
    "pdf bomb": ("too_much_inside", corpus.object_stream_bomb),
    # Zip.
    "cut docx": ("damaged", lambda: docx()[:-30]),
    "docx with a tail": ("damaged", lambda: docx() + b"tail"),
    "docx with something in front": ("damaged", lambda: ZIP + docx()),
    "changed byte": ("damaged", lambda: changed_byte()),
    "two parts of one name": ("damaged", lambda: twice("word/document.xml")),
    "two parts of one name in other capitals": ("damaged", lambda: twice("word/Document.xml")),
    "way up": ("damaged", lambda: docx(extra=[("../../x.xml", "<x/>")])),
    "absolute path": ("damaged", lambda: docx(extra=[("/etc/x", "x")])),
    "backslashes": ("damaged", lambda: docx(extra=[("word\\..\\x", "x")])),
    "drive": ("damaged", lambda: docx(extra=[("C:/x", "x")])),
    "link to a file": ("damaged", lambda: docx(extra=[symbolic_link()])),
    "lzma": ("damaged", lambda: corpus.zipped(docx_parts().items(), zipfile.ZIP_LZMA)),
    "overlapping parts": ("damaged", corpus.with_overlapping_parts),
    "encrypted parts": ("encrypted", lambda: corpus.with_flag(docx(), 0x1)),
    "too many parts": (
        "too_much_inside",
        lambda: docx(extra=[(f"word/media/{n}.bin", b"") for n in range(2001)]),
    ),
    "zip bomb": (
        "too_much_inside",
        lambda: docx(extra=[("word/media/a.bin", bytes(30 * 2**20))]),
    ),
    "zip bomb of xml": (
        "too_much_inside",
        lambda: odt(extra=[("styles.xml", b"<a>" + b"<b/>" * 7_000_000 + b"</a>")]),
    ),
    "zip bomb that says it is small": ("too_much_inside", corpus.with_lying_size),
    # DOCX and ODT.
    "broken xml": ("damaged", lambda: docx("<w:p>")),
    "dtd in docx": (
        "active_content",
        lambda: docx(extra=[("word/styles.xml", f"{DTD}<x>&a;</x>")]),
    ),
    "dtd in odt": ("active_content", lambda: odt(before=DTD)),
    "dtd in utf-16": (
        "active_content",
        lambda: docx(extra=[("word/styles.xml", f"{DTD}<x>&a;</x>".encode("utf-16"))]),
    ),
    "dtd under another name": (
        "active_content",
        lambda: docx(extra=[("word/media/a.png", f"\n{DTD}<x>&a;</x>")]),
    ),
    "odd encoding": (
        "damaged",
        lambda: docx(extra=[("word/x.xml", "<?xml version='1.0' encoding='cp037'?><x/>")]),
    ),
    "word macros": ("macros", lambda: docx(extra=[("word/vbaProject.bin", corpus.OLE)])),
    "word macros in capitals": ("macros", lambda: docx(extra=[("x/VBAPROJECT.BIN", b"x")])),
    "docm under the name of docx": (
        "macros",
        lambda: docx(types=f'<Override PartName="/word/document.xml" ContentType="{ASSEMBLY}"/>'),
    ),
    "basic": ("macros", lambda: odt(extra=[("Basic/Standard/Module1.xml", "<x/>")])),
    "python script": ("macros", lambda: odt(extra=[("Scripts/python/a.py", "import os")])),
    "macro on an event": ("macros", lambda: odt("<script:event-listener/>")),
    "macro behind a link": (
        "macros",
        lambda: odt('<text:a xlink:href="vnd.sun.star.script:A.py$b?language=Python"/>'),
    ),
    "ole object": ("active_content", lambda: docx(extra=[("word/media/o.bin", corpus.OLE)])),
    "ole object in odt": ("active_content", lambda: odt(extra=[("Object 1", corpus.OLE)])),
    "zip in docx": ("active_content", lambda: docx(extra=[("word/media/a.png", docx())])),
    "activex": ("active_content", lambda: docx(extra=[("word/activeX/activeX1.xml", "<x/>")])),
    "html in docx": ("active_content", lambda: docx(relations=relation("aFChunk", "a.html"))),
    "dde in pieces": (
        "active_content",
        lambda: docx("<w:instrText> DDE</w:instrText><w:instrText>AUTO c:\\x</w:instrText>"),
    ),
    "dde in odt": ("active_content", lambda: odt("<text:dde-connection-decl/>")),
    "applet": ("active_content", lambda: odt("<draw:applet/>")),
    "script in a drawing": (
        "active_content",
        lambda: odt(
            extra=[("Pictures/a.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")]
        ),
    ),
    "script behind a link": (
        "active_content",
        lambda: docx(relations=relation("hyperlink", "javascript:alert(1)")),
    ),
    "template from elsewhere": (
        "external_target",
        lambda: docx(relations=relation("attachedTemplate", "https://elders.example/a.dotm")),
    ),
    "template on a share": (
        "external_target",
        lambda: docx(relations=relation("attachedTemplate", r"\\elders.example\a.dotm")),
    ),
    "picture from elsewhere": (
        "external_target",
        lambda: docx(relations=relation("image", "http://elders.example/a.png")),
    ),
    "picture from elsewhere that says it is inside": (
        "external_target",
        lambda: docx(relations=relation("image", "http://elders.example/a.png", "Internal")),
    ),
    "field that fetches": (
        "external_target",
        lambda: docx('<w:instrText>INCLUDEPICTURE "http://elders.example/a.png"</w:instrText>'),
    ),
    "picture from elsewhere in odt": (
        "external_target",
        lambda: odt('<draw:image xlink:href="https://elders.example/a.png"/>'),
    ),
    "section from a disk in odt": (
        "external_target",
        lambda: odt('<text:section-source xlink:href="../../../etc/passwd"/>'),
    ),
    "template from elsewhere in odt": (
        "external_target",
        lambda: odt('<meta:template xlink:href="https://elders.example/a.ott"/>'),
    ),
    "encrypted odt": ("encrypted", lambda: odt(manifest=ENCRYPTED_ENTRY)),
    "encrypted odt in one piece": (
        "encrypted",
        lambda: corpus.zipped([("mimetype", corpus.ODT_TYPE), ("encrypted-package", b"x")]),
    ),
    "encrypted docx": (
        "encrypted",
        lambda: corpus.OLE + "EncryptedPackage".encode("utf-16-le"),
    ),
    # Photos.
    "cut jpeg": ("damaged", lambda: corpus.photo(size=(400, 400))[:-300]),
    "cut png": ("damaged", lambda: corpus.photo("PNG", size=(400, 400))[:60]),
    "first bytes of a jpeg": ("damaged", lambda: b"\xff\xd8\xff\xe0" + bytes(200)),
    "first bytes of a png": ("damaged", lambda: b"\x89PNG\r\n\x1a\n" + bytes(200)),
    "png bomb": ("too_much_inside", corpus.png_bomb),
    "picture just over the limit": (
        "too_much_inside",
        lambda: corpus.photo("PNG", size=(10_000, 5_001), mode="1"),
    ),
}


def changed_byte():
    content = bytearray(odt())
    at = content.index(b"content.xml") + 40
    content[at] ^= 0xFF
    return bytes(content)


def twice(name):
    with warnings.catch_warnings(action="ignore"):  # Python, too, finds this odd
        return docx(extra=[(name, "<x/>")])


def symbolic_link():
    info = zipfile.ZipInfo("word/link.xml")
    info.external_attr = 0o120777 << 16
    return info, "/etc/passwd"


GOOD = {
    "pdf": ("pdf", corpus.pdf),
    "pdf that opens at its first page": (
        "pdf",
        lambda: corpus.pdf_with("<< /OpenAction [0 /XYZ null null 0] >>"),
    ),
    "docx": ("docx", docx),
    "docx with a link": (
        "docx",
        lambda: docx(relations=relation("hyperlink", "https://leerlijn.example/")),
    ),
    "docx with a link to a mail address": (
        "docx",
        lambda: docx(relations=relation("hyperlink", "mailto:sam@leerlijn.example")),
    ),
    "docx made on a template of one's own": (
        "docx",
        lambda: docx(relations=relation("attachedTemplate", r"file:///C:\Users\Sam\plan.dotx")),
    ),
    "docx with a part one folder up": ("docx", lambda: docx(relations=PARENT)),
    "docx with a picture": (
        "docx",
        lambda: docx(extra=[("word/media/a.png", corpus.photo("PNG"))]),
    ),
    "docx whose text has another number": (
        "docx",
        lambda: docx(**{"word/document.xml": "<x/>"}, extra=[("word/document2.xml", "<x/>")]),
    ),
    "docx of people who write about DDE": ("docx", lambda: docx("<w:t>DDEAUTO en macro's</w:t>")),
    "docx in utf-16": (
        "docx",
        lambda: docx(
            **{
                "word/styles.xml": "<?xml version='1.0' encoding='UTF-16'?><x>é</x>".encode(
                    "utf-16"
                ),
            }
        ),
    ),
    "odt": ("odt", odt),
    "odt with links and an own picture": (
        "odt",
        lambda: odt(
            '<text:a xlink:href="https://leerlijn.example/"/>'
            '<draw:image xlink:href="Pictures/a.png"/>'
            '<draw:object xlink:href="./Object 1"/><text:a xlink:href="#doelen"/>',
            extra=[("Pictures/a.png", corpus.photo("PNG")), ("Thumbnails/", b"")],
        ),
    ),
    "odt made on a template of one's own": (
        "odt",
        lambda: odt('<meta:template xlink:href="../../Sjablonen/plan.ott"/>'),
    ),
    "odt with much text": ("odt", lambda: odt("<text:p>Wat gaat goed</text:p>" * 20_000)),
    "jpeg": ("jpeg", corpus.photo),
    "grey jpeg": ("jpeg", lambda: corpus.photo(mode="L")),
    "print colours": ("jpeg", lambda: corpus.photo(mode="CMYK")),
    "png": ("png", lambda: corpus.photo("PNG")),
    "png that lets through": ("png", lambda: corpus.photo("PNG", mode="RGBA")),
}


@pytest.mark.django_db
@pytest.mark.parametrize("label", HOSTILE)
def test_a_hostile_file_is_refused_and_nothing_is_left_behind(label, settings):
    code, make = HOSTILE[label]
    with pytest.raises(ValidationError) as refused:
        store(SimpleUploadedFile("plan.pdf", make()), by=UserFactory())
    assert refused.value.code == code
    assert refused.value.message.endswith(".")
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("label", GOOD)
def test_a_good_file_is_known_by_its_structure_whatever_its_name(label, tmp_path):
    kind, make = GOOD[label]
    path = tmp_path / "no-name"
    path.write_bytes(make())
    assert judge(path).kind == kind


def test_a_pdf_that_takes_too_long_to_read_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "SECONDS", 0.001)
    path = tmp_path / "plan.pdf"
    path.write_bytes(corpus.pdf())
    with pytest.raises(ValidationError) as refused:
        judge(path)
    assert refused.value.code == "too_much_inside"


def test_old_office_files_and_photos_that_we_cannot_read_are_told_what_to_become(tmp_path):
    path = tmp_path / "plan"
    path.write_bytes(corpus.OLE)
    with pytest.raises(ValidationError, match=r"\.docx"):
        judge(path)
    path.write_bytes(b"\0\0\0\x18ftypavif")
    with pytest.raises(ValidationError, match="JPEG"):
        judge(path)


def test_every_refusal_is_tried():
    assert {code for code, _ in HOSTILE.values()} == set(SENTENCES) - {
        "quota",
        "too_many",
        "not_only_photos",
    }
