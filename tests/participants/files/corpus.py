"""Files that people might choose: good ones and hostile ones, made here, byte by byte."""

import base64
import io
import re
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image
from reportlab.pdfgen import canvas

ODT_TYPE = b"application/vnd.oasis.opendocument.text"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(parts, compression=zipfile.ZIP_DEFLATED):
    """The bytes of a zip file with ``parts``: pairs of a name (or ZipInfo) and its bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return file.getvalue()


def docx_parts(body="<w:p/>", relations="", types="", **more):
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/"
        f"content-types'><Default Extension='xml' ContentType='application/xml'/>{types}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{document}',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relations}'
        "</Relationships>",
    } | more


def docx(*arguments, extra=(), **parts):
    return zipped([*docx_parts(*arguments, **parts).items(), *extra])


def relation(kind, target, mode="External"):
    return f'<Relationship Id="r9" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'


def odt_parts(body="<text:p/>", manifest="", before=""):
    spaces = {
        "office": f"{ODF}office:1.0",
        "text": f"{ODF}text:1.0",
        "draw": f"{ODF}drawing:1.0",
        "script": f"{ODF}script:1.0",
        "meta": f"{ODF}meta:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
    }
    named = " ".join(f'xmlns:{short}="{long}"' for short, long in spaces.items())
    return {
        "mimetype": ODT_TYPE,
        "content.xml": f"<?xml version='1.0' encoding='UTF-8'?>{before}<office:document-content "
        f"{named}><office:scripts/><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
        "META-INF/manifest.xml": f"<manifest:manifest xmlns:manifest='{ODF}manifest:1.0'>"
        f"{manifest}</manifest:manifest>",
        "Configurations2/accelerator/current.xml": "",  # LibreOffice writes such empty parts
    }


def odt(*arguments, extra=(), **parts):
    (mimetype, content), *rest = odt_parts(*arguments, **parts).items()
    first = zipfile.ZipInfo(mimetype)  # not compressed, as the format asks
    return zipped([(first, content), *rest, *extra])


def pdf(text="Mijn POP"):
    file = io.BytesIO()
    page = canvas.Canvas(file, invariant=1)
    page.drawString(72, 720, text)
    page.linkURL("https://leerlijn.example/", (72, 700, 200, 720))
    page.showPage()
    page.save()
    return file.getvalue()


def changed_pdf(change, **options):
    """``pdf()`` after ``change(pdf)``; ``options`` for how it is saved."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        change(document)
        document.save(file, **options)
    return file.getvalue()


def pdf_with(entries):
    """A PDF with ``entries`` (PDF syntax) in its catalog."""

    def change(document):
        for key, value in pikepdf.Object.parse(entries.encode()).items():
            document.Root[key] = value

    return changed_pdf(change)


def photo(kind="JPEG", size=(40, 20), exif=None, mode="RGB"):
    file = io.BytesIO()
    options = {"exif": exif} if exif else {}
    Image.new(mode, size, "red" if mode == "RGB" else 0).save(file, kind, **options)
    return file.getvalue()


# 40 by 20, taken sideways, with the maker of the camera in it; what draws HEIC is not installed.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAcdtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAA"
    "AAAAAAAAAAADRpbG9jAAAAAERAAAIAAQAAAAAB6wABAAAAAAAAAFMAAgAAAAACPgABAAAAAAAAADwAAAA4aWluZgAA"
    "AAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAABBmlwcn"
    "AAAADlaXBjbwAAAHVodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroC"
    "QGEAAQApQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbqrprm4CGgwIAAAAyAAAADAIRiAAEABkQBwXPBiQAAABNjb2xybm"
    "NseAABAA0ABoAAAAAUaXNwZQAAAAAAAABAAAAAQAAAAChjbGFwAAAAKAAAAAEAAAAUAAAAAf///+gAAAAC////1AAA"
    "AAIAAAAQcGl4aQAAAAADCAgIAAAACWlyb3QDAAAAGWlwbWEAAAAAAAAAAQABBoECAwWEhgAAABppcmVmAAAAAAAAAA"
    "5jZHNjAAIAAQABAAAAl21kYXQAAABPKAGvGSGwMEjwO8kI/FoQctY4ixiHgSpzoKzk/vY8vQIMBwrP3nPtVhWaRdZT"
    "NQP6AL/1NvTdESSA4bMj5o16BZVCDusa1OQ/di4wjAe1xgAAAAZFeGlmAABNTQAqAAAACAACAQ8AAgAAAAwAAAAmAR"
    "IAAwAAAAEABgAAAAAAAENhbWVyYW1ha2VyAA=="
)


def sideways():
    """The note of a camera that was held sideways."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter
    return exif


def photo_taken_sideways():
    """A JPEG of 40 by 20 that must be turned, with a place and a camera in its EXIF."""
    exif = sideways()
    exif[0x010F] = "Cameramaker"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 22.0, 12.0)
    return photo(exif=exif)


def png_bomb(side=30_000):
    """A PNG of 900 million pixels in a few hundred bytes."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    pixels = _chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + pixels + _chunk(b"IEND", b"")


def with_lying_size():
    """The list and the header say that the last part unpacks to 10 bytes; it is far more."""
    unpacked = 30 * 1024 * 1024
    bomb = zipped([*docx_parts().items(), ("word/media/a.bin", bytes(unpacked))])
    small = struct.pack("<L", zlib.crc32(bytes(10))), struct.pack("<L", 10)
    true = struct.pack("<L", zlib.crc32(bytes(unpacked))), struct.pack("<L", unpacked)
    for truth, lie in zip(true, small, strict=True):
        bomb = bomb.replace(truth, lie)
    return bomb


def with_overlapping_parts():
    """Two names in the list that share one piece of data."""
    parts = [*docx_parts().items(), ("word/a.bin", b"same"), ("word/b.bin", b"same")]
    content = zipped(parts, zipfile.ZIP_STORED)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        first, second = archive.getinfo("word/a.bin"), archive.getinfo("word/b.bin")
    entry = content.rindex(b"word/b.bin") - 46
    assert content[entry : entry + 4] == b"PK\x01\x02"
    place = struct.pack("<L", first.header_offset)
    assert content[entry + 42 : entry + 46] == struct.pack("<L", second.header_offset)
    return content[: entry + 42] + place + content[entry + 46 :]


def with_flag(content, bit):
    """``content`` with a flag set in the header and the list of each part."""
    changed = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            changed[at + offset] |= bit
            at = content.find(mark, at + 1)
    return bytes(changed)


def object_stream_bomb():
    """A PDF with a script in a stream of objects that unpacks to 300 MB."""
    squeeze = zlib.compressobj(1)
    packed = squeeze.compress(b"6 0 <</S/JavaScript/JS(x)>>")
    packed += b"".join(squeeze.compress(bytes(2**20)) for _ in range(300)) + squeeze.flush()
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Resources<<>>/MediaBox[0 0 9 9]>>",
        b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
        % (len(packed), packed),
    ]
    content, rows = b"%PDF-1.5\n", [(0, 0, 65535)]
    for number, body in enumerate(bodies, 1):
        rows.append((1, len(content), 0))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    rows += [(1, start, 0), (2, 4, 0)]
    table = b"".join(struct.pack(">BLH", *row) for row in rows)
    head = b"<</Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Length %d>>" % len(table)
    content += b"5 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (head, table)
    return content + b"startxref\n%d\n%%%%EOF\n" % start


def pdf_of(*bodies, tail=b""):
    """A PDF of these objects, the first of them its catalog; ``tail`` goes into the trailer."""
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, rows)
    trailer = b"trailer\n<</Root 1 0 R/Size %d%s>>\n" % (len(places) + 1, tail)
    return content + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(content)


def one_page(page=b"", *more, catalog=b""):
    """A PDF of one page; ``more`` are objects from number 4 on."""
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]%s>>" % page,
        *more,
    )


def stream(content, entries=b""):
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), entries, content)


def pages(count):
    """A PDF of so many empty pages."""
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", tree, *[leaf] * count)


def tree_of_trees(depth=10):
    """Each branch names the next one ten times: ten thousand million pages in a kilobyte."""
    branches = [
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"%d 0 R " % number * 10, 10**depth)
        for number in range(3, depth + 3)
    ]
    leaf = b"<</Type/Page/MediaBox[0 0 9 9]>>"
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", *branches, leaf)


def packed(count, *, times=1):
    """So many empty bytes, packed; each further time packs what came out."""
    squeeze = zlib.compressobj(9)
    content = b"".join(squeeze.compress(bytes(2**20)) for _ in range(count // 2**20))
    content += squeeze.flush()
    for _ in range(times - 1):
        content = zlib.compress(content)
    return content


def updated_pdf(number, body):
    """``one_page()`` with an update behind it that gives object ``number`` another content."""
    content = one_page()
    before = int(content.split(b"startxref\n")[1].split()[0])
    place = len(content)
    content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    content += b"xref\n%d 1\n%010d 00000 n \n" % (number, place)
    content += b"trailer\n<</Root 1 0 R/Size 4/Prev %d>>\n" % before
    return content + b"startxref\n%d\n%%%%EOF\n" % start


def streamed_zip(parts):
    """As programs write a zip that cannot go back: sizes follow behind each part."""

    class OneWay(io.BytesIO):
        def seekable(self):
            return False

        def tell(self):
            raise OSError

        def seek(self, *place):
            raise OSError

    file = OneWay()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return file.getvalue()


def jpeg_of_scans(count):
    """A JPEG that is drawn in so many rounds more than it needs."""
    file = io.BytesIO()
    Image.new("L", (400, 400)).save(file, "JPEG", progressive=True)
    content = file.getvalue()
    last = content[content.rindex(b"\xff\xda") : -2]
    return content[:-2] + last * count + content[-2:]


def jpeg_that_says(width, height, content=None):
    """A small JPEG whose header tells of another size."""
    content = content or photo()
    at = re.search(rb"\xff[\xc0\xc2]\0", content).start() + 5
    return content[:at] + struct.pack(">HH", height, width) + content[at + 4 :]


def jpeg_by_colour():
    """A JPEG that brings each of its three colours by itself: a grey one, three times over."""
    grey = photo(mode="L")
    frame, scan = grey.index(b"\xff\xc0"), grey.index(b"\xff\xda")
    size, pixels = grey[frame + 5 : frame + 9], grey[scan + 10 : -2]
    colours = b"".join(b"%c\x11\0" % colour for colour in (1, 2, 3))
    scans = (b"\xff\xda\0\x08\x01%c\0\0\x3f\0" % colour + pixels for colour in (1, 2, 3))
    return b"".join(
        [
            grey[:frame],
            b"\xff\xc0\0\x11\x08" + size + b"\x03" + colours,
            grey[frame + 13 : scan],
            *scans,
            b"\xff\xd9",
        ]
    )


def heic_that_says(width, height):
    size = struct.pack(">II", 64, 64)
    assert HEIC.count(size) == 1
    return HEIC.replace(size, struct.pack(">II", width, height))


def png_with(*chunks):
    """A PNG with these chunks (a kind and its bytes) after its header."""
    whole = photo("PNG")
    return whole[:33] + b"".join(_chunk(*chunk) for chunk in chunks) + whole[33:]


def _chunk(kind, content):
    checksum = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checksum


def photo_of_several():
    """What telephones make of one shot: a JPEG with another one behind it."""
    first, second = (Image.new("RGB", (40, 20), colour) for colour in ("red", "blue"))
    file = io.BytesIO()
    first.save(file, "MPO", save_all=True, append_images=[second])
    return file.getvalue()
