"""The verdict on each file: hostile ones with the code of their refusal, good ones with their kind.

A file is made when it is asked for; corpus.py holds what makes them.
"""

import base64
import random
import warnings
import zipfile
from itertools import pairwise

import pikepdf

from participants.files.refusals import LARGEST_BYTES
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


MB = 1024 * 1024
# Whole and in one piece it would set off the scanner of who keeps this source.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
TEMPLATE = "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {this} '{f'&{before};' * 10}'>" for before, this in pairwise("abcdefghij")
)
LAUGHS += "]><x>&j;</x>"
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
    "eicar": ("unknown_kind", lambda: EICAR),
    "program for linux": ("unknown_kind", lambda: b"\x7fELF\x02\x01\x01" + bytes(200)),
    "script for a shell": ("unknown_kind", lambda: b"#!/bin/sh\nrm -rf /\n"),
    "rtf": ("unknown_kind", lambda: b"{\\rtf1{\\object\\objocx}}"),
    "odt in one xml": (
        "unknown_kind",
        lambda: b"<?xml version='1.0'?><office:document xmlns:office='x'/>",
    ),
    "postscript": ("unknown_kind", lambda: b"%!PS-Adobe-3.0\n(x) run\n"),
    "rar": ("unknown_kind", lambda: b"Rar!\x1a\x07\x01\x00" + bytes(200)),
    "gzip": ("unknown_kind", lambda: b"\x1f\x8b\x08" + bytes(200)),
    "webp": ("unknown_kind", lambda: corpus.photo("WEBP")),
    "tiff": ("unknown_kind", lambda: corpus.photo("TIFF")),
    "pdf in capitals": ("unknown_kind", lambda: corpus.pdf().replace(b"%PDF-", b"%pdf-", 1)),
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
    "pdf and zip in one": ("active_content", lambda: corpus.pdf() + corpus.zipped([("a", b"a")])),
    "pdf and docx in one": ("active_content", lambda: corpus.pdf() + docx()),
    "pdf and zip in one, the pdf last": (
        "active_content",
        lambda: corpus.one_page(b"", corpus.stream(zip_that_goes_on())),
    ),
    "bytes behind a pdf": ("damaged", lambda: corpus.pdf() + b"<script>alert(1)</script>"),
    "page tree in a circle": (
        "damaged",
        lambda: corpus.pdf_of(
            b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"
        ),
    ),
    "tables in a circle": ("damaged", lambda: tables_in_a_circle()),
    "page tree of trees": ("damaged", corpus.tree_of_trees),
    "one page more than we read": ("too_much_inside", lambda: corpus.pages(2_001)),
    "nested without end": ("damaged", lambda: corpus.one_page(b"/X" + b"[" * 100_000)),
    "nested too deep": (
        "damaged",
        lambda: corpus.one_page(b"/X" + b"[" * 5_000 + b"]" * 5_000),
    ),
    "page that unpacks to 300 MB": ("too_much_inside", lambda: packed_page(300 * MB)),
    "page that unpacks to 1,000 times its size": (
        "too_much_inside",
        lambda: packed_page(30 * MB),
    ),
    "many pages that unpack to 105 MB": (
        "too_much_inside",
        # The noise is no bomb: with it the file is more than a hundredth of what comes out.
        lambda: corpus.one_page(b"", corpus.stream(noise()), *[packed_stream(35 * MB)] * 3),
    ),
    "packed twice": ("too_much_inside", lambda: packed_page(MB, times=2)),
    "packed as text": (
        "too_much_inside",
        lambda: corpus.one_page(b"", in_ascii(corpus.packed(30 * MB))),
    ),
    "picture of 40,000 by 40,000 in a pdf": (
        "too_much_inside",
        lambda: corpus.one_page(
            b"", corpus.stream(b"x", b"/Subtype/Image/Width 40000/Height 40000")
        ),
    ),
    "script in an update": (
        "active_content",
        lambda: corpus.updated_pdf(
            1, b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(x)>>>>"
        ),
    ),
    "script behind a field": (
        "active_content",
        lambda: corpus.one_page(
            b"/Annots[4 0 R]",
            b"<</Subtype/Widget/FT/Tx/T(a)/Rect[0 0 9 9]/AA<</K<</S/JavaScript/JS(x)>>>>>>",
        ),
    ),
    "script in a hexadecimal name": (
        "active_content",
        lambda: corpus.one_page(
            catalog=b"/OpenAction<</S/#4aavaScript/#4a#53<6170702e616c657274>>>"
        ),
    ),
    "file pinned on a page": (
        "active_content",
        lambda: corpus.one_page(
            b"/Annots[<</Subtype/FileAttachment/Rect[0 0 9 9]/FS<</Type/Filespec/F(a.exe)>>>>]"
        ),
    ),
    "pdf that is a case for files": (
        "active_content",
        lambda: corpus.one_page(catalog=b"/Collection<</View/T>>"),
    ),
    "film": (
        "active_content",
        lambda: corpus.one_page(b"/Annots[<</Subtype/RichMedia/Rect[0 0 9 9]>>]"),
    ),
    "form that fetches": (
        "active_content",
        lambda: corpus.one_page(catalog=b"/OpenAction<</S/ImportData/F(x.fdf)>>"),
    ),
    "file at an address": (
        "external_target",
        lambda: corpus.one_page(b"/X<</FS/URL/F(https://elders.example/)>>"),
    ),
    "page drawn out of another file": (
        "external_target",
        lambda: corpus.one_page(
            b"", corpus.stream(b"x", b"/Subtype/Form/Ref<</F(//elders.example/x.pdf)/Page 0>>")
        ),
    ),
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
    "name with a zero in it": ("damaged", lambda: name_with_a_zero()),
    "name that reads backwards": ("damaged", lambda: docx(extra=[("word/\u202efdp.exe", "x")])),
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
    "word macros by relation": ("macros", lambda: docx(relations=relation("vbaProject", "a.bin"))),
    "template with macros": (
        "macros",
        lambda: docx(types=f'<Default Extension="b" ContentType="{TEMPLATE}"/>'),
    ),
    "billion laughs": ("active_content", lambda: docx(**{"word/styles.xml": LAUGHS})),
    "add-in of office": (
        "active_content",
        lambda: docx(extra=[("word/webextensions/webextension1.xml", "<x/>")]),
    ),
    "dde spelled in numbers": (
        "active_content",
        lambda: docx("<w:instrText>QUOTE 68 68 69 65 85 84 79</w:instrText>"),
    ),
    "part of the text from elsewhere": (
        "external_target",
        lambda: docx(relations=relation("subDocument", "https://elders.example/a.docx")),
    ),
    "page in a frame": (
        "external_target",
        lambda: odt('<draw:floating-frame xlink:href="https://elders.example/"/>'),
    ),
    "drawing that fetches": (
        "external_target",
        lambda: odt(
            extra=[("Pictures/a.svg", svg("<image href='https://elders.example/a.png'/>"))]
        ),
    ),
    "style of a drawing that fetches": (
        "external_target",
        lambda: docx(
            extra=[("word/media/a.svg", svg("<style>@import '//elders.example'</style>"))]
        ),
    ),
    "fill of a drawing that fetches": (
        "external_target",
        lambda: docx(
            extra=[("word/media/a.svg", svg("<rect style='fill: url(http://elders.example/#a)'/>"))]
        ),
    ),
    "style sheet from elsewhere": (
        "external_target",
        lambda: docx(
            extra=[("word/x.xml", "<?xml-stylesheet href='http://elders.example/a.xsl'?><x/>")]
        ),
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
    "png that ends after its first lines": ("damaged", lambda: corpus.png_bomb(side=3_000)),
    "png with a bomb of notes": (
        "damaged",
        lambda: corpus.png_with((b"zTXt", b"x\0\0" + corpus.packed(70 * MB))),
    ),
    "png with a bomb of colours": (
        "damaged",
        lambda: corpus.png_with((b"iCCP", b"x\0\0" + corpus.packed(70 * MB))),
    ),
    "png with many notes": (
        "damaged",
        lambda: corpus.png_with(*[(b"zTXt", b"x\0\0" + corpus.packed(MB))] * 60),
    ),
    "jpeg of 65,000 by 65,000": (
        "too_much_inside",
        lambda: corpus.jpeg_that_says(65_000, 65_000),
    ),
    "jpeg in a thousand rounds": ("too_much_inside", lambda: corpus.jpeg_of_scans(1_000)),
    "heic of 60,000 by 60,000": ("damaged", lambda: corpus.heic_that_says(60_000, 60_000)),
    "program in front of a photo": ("unknown_kind", lambda: b"MZ" + corpus.photo()),
    "web page in front of a photo": ("unknown_kind", lambda: b"<script/>" + corpus.photo("PNG")),
    "picture just over the limit": (
        "too_much_inside",
        lambda: corpus.photo("PNG", size=(10_000, 5_001), mode="1"),
    ),
    # What fits on the disk in a few bytes, and in memory just not.
    "colours just over the room": (
        "too_much_inside",
        lambda: corpus.photo("PNG", size=(3_500, 3_501)),
    ),
    "grey just over the room": (
        "too_much_inside",
        lambda: corpus.photo("PNG", size=(7_000, 7_001), mode="L"),
    ),
    "colours to turn, just over half the room": (
        "too_much_inside",
        lambda: corpus.photo("PNG", size=(3_500, 1_751), exif=corpus.sideways()),
    ),
    "jpeg in rounds, too large to keep": (
        "too_much_inside",
        lambda: corpus.jpeg_that_says(7_000, 3_500, content=corpus.jpeg_of_scans(0)),
    ),
    "jpeg one colour at a time, too large to keep": (
        "too_much_inside",
        lambda: corpus.jpeg_that_says(7_000, 3_500, content=corpus.jpeg_by_colour()),
    ),
}


def svg(inside):
    return f"<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>"


def packed_stream(count, *, times=1):
    filters = b"/FlateDecode" * times
    return corpus.stream(corpus.packed(count, times=times), b"/Filter[%s]" % filters)


def packed_page(count, *, times=1):
    return corpus.one_page(b"/Contents 4 0 R", packed_stream(count, times=times))


def in_ascii(content):
    coded = base64.a85encode(content) + b"~>"
    return corpus.stream(coded, b"/Filter[/ASCII85Decode/FlateDecode]")


def noise():
    return random.Random(7).randbytes(2 * MB)


def zip_that_goes_on():
    """A zip file that says: what follows, to the end of the PDF, is my comment."""
    whole = corpus.zipped([("a", b"a")])
    shape = corpus.one_page(b"", corpus.stream(whole))
    follows = len(shape) - shape.index(whole) - len(whole)
    return whole[:-2] + follows.to_bytes(2, "little")


def tables_in_a_circle():
    content = corpus.one_page()
    start = content.split(b"startxref\n")[1].split()[0]
    return content.replace(b"trailer\n<<", b"trailer\n<</Prev %s" % start)


def name_with_a_zero():
    return docx(extra=[("word/a.exeX.png", b"x")]).replace(b"a.exeX.png", b"a.exe\0.png")


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
    "pdf with blank bytes behind it": ("pdf", lambda: corpus.pdf() + b"\r\n\0\0"),
    "pdf of as many pages as we read": ("pdf", lambda: corpus.pages(2_000)),
    "pdf with an update": (
        "pdf",
        lambda: corpus.updated_pdf(3, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 50 50]>>"),
    ),
    "pdf with a form that was filled in": (
        "pdf",
        lambda: corpus.one_page(
            b"/Annots[4 0 R]",
            b"<</Type/Annot/Subtype/Widget/FT/Tx/T(naam)/V(Sam)/F 4/Rect[0 0 9 9]>>",
            catalog=b"/AcroForm<</Fields[4 0 R]>>",
        ),
    ),
    "pdf for the web": (
        "pdf",
        lambda: corpus.changed_pdf(lambda _: None, linearize=True),
    ),
    "pdf with packed objects": (
        "pdf",
        lambda: corpus.changed_pdf(
            lambda _: None, object_stream_mode=pikepdf.ObjectStreamMode.generate
        ),
    ),
    "pdf with a scan of a whole page": (
        "pdf",
        lambda: corpus.one_page(
            b"",
            corpus.stream(
                corpus.packed(8 * MB), b"/Subtype/Image/Width 2480/Height 3508/Filter/FlateDecode"
            ),
        ),
    ),
    "docx": ("docx", docx),
    "docx written in one go": ("docx", lambda: corpus.streamed_zip(docx_parts().items())),
    "docx that is not packed": (
        "docx",
        lambda: corpus.zipped(docx_parts().items(), zipfile.ZIP_STORED),
    ),
    "docx with a drawing": (
        "docx",
        lambda: docx(
            extra=[("word/media/a.svg", svg("<rect style='fill: url(#a)'/><use href='#b'/>"))]
        ),
    ),
    "docx with a font": ("docx", lambda: docx(extra=[("word/fonts/font1.odttf", bytes(999))])),
    "docx that quotes": ("docx", lambda: docx('<w:instrText>QUOTE "Sam"</w:instrText>')),
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
    "jpeg in rounds": ("jpeg", lambda: corpus.jpeg_of_scans(0)),
    "jpeg of a telephone, with another behind it": ("jpeg", corpus.photo_of_several),
    "jpeg with a zip behind it": ("jpeg", lambda: corpus.photo() + docx()),
    "png": ("png", lambda: corpus.photo("PNG")),
    "png of sixteen bits": ("png", lambda: corpus.photo("PNG", mode="I;16")),
    "png with a palette": ("png", lambda: corpus.photo("PNG", mode="P")),
    "colours that just fit": ("png", lambda: corpus.photo("PNG", size=(3_500, 3_500))),
    "grey that just fits": ("png", lambda: corpus.photo("PNG", size=(7_000, 7_000), mode="L")),
    "colours to turn that just fit": (
        "png",
        lambda: corpus.photo("PNG", size=(3_500, 1_750), exif=corpus.sideways()),
    ),
    "jpeg of the largest setting": (
        "jpeg",
        lambda: corpus.photo(size=(10_000, 5_000), mode="L", exif=corpus.sideways()),
    ),
    "jpeg one colour at a time": ("jpeg", corpus.jpeg_by_colour),
    "png that lets through": ("png", lambda: corpus.photo("PNG", mode="RGBA")),
}
