"""Photos are drawn anew: what stands in the pixels stays, where and when it was taken goes."""

import io
import struct
import zlib
from dataclasses import dataclass

from PIL import Image, ImageOps

from participants.files.jpegs import without_notes
from participants.files.refusals import refusal

MOST_PIXELS = 50_000_000  # the largest setting of a usual phone
# A photo of paper reads well at this size, and twenty of them fit in a file that we take.
PAGE_PIXELS = 2000
PAGE_BYTES = 1024 * 1024
QUALITY = 90
PAGE_QUALITY = 85
# A photo is drawn in ten rounds or so; each costs the time of drawing the whole picture.
MOST_SCANS = 100
SCAN = b"\xff\xda"
UPRIGHT = 1
ORIENTATION = 0x0112
FORMATS = {"jpeg": "JPEG", "png": "PNG"}
# What Pillow raises over bytes that are no picture.
UNREADABLE = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError)


def judge(path, *, kind):
    """``kind`` when the whole picture can be read; else ValidationError with a code."""
    _picture(path, kind)
    return kind


def redraw(path, *, kind, to):
    """Write the picture upright to ``to``, without EXIF or any other note about the picture."""
    picture = _picture(path, kind)
    transparency = picture.info.get("transparency")
    picture.info = {} if transparency is None else {"transparency": transparency}
    if kind == "jpeg":
        if picture.mode not in ("RGB", "L"):
            picture = picture.convert("RGB")
        picture.save(to, "JPEG", quality=QUALITY)
    else:
        picture.save(to, "PNG")


@dataclass(frozen=True)
class Page:
    """An upright JPEG without notes, for a page of a PDF."""

    jpeg: bytes
    width: int
    height: int
    is_grey: bool


def page(path, *, kind):
    """The judged photo at ``path`` as Page; one that is small already is not drawn again."""
    return _as_it_is(path, kind) or _smaller(path, kind)


def _as_it_is(path, kind):
    if kind != "jpeg" or path.stat().st_size > PAGE_BYTES:
        return None
    with Image.open(path, formats=["JPEG"]) as picture:
        is_small = max(picture.size) <= PAGE_PIXELS and picture.mode in ("RGB", "L")
        if not is_small or picture.getexif().get(ORIENTATION, UPRIGHT) != UPRIGHT:
            return None
        return Page(without_notes(path.read_bytes()), *picture.size, picture.mode == "L")


def _smaller(path, kind):
    picture = _picture(path, kind)
    if picture.mode not in ("RGB", "L"):
        picture = on_white(picture)
    picture.thumbnail((PAGE_PIXELS, PAGE_PIXELS), Image.Resampling.LANCZOS)
    picture.info = {}
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=PAGE_QUALITY)
    return Page(jpeg.getvalue(), *picture.size, picture.mode == "L")


def on_white(picture):
    """What lets through shows the paper under it."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("RGB")


def _picture(path, kind):
    if kind == "jpeg" and path.read_bytes().count(SCAN) > MOST_SCANS:
        raise refusal("too_much_inside")
    try:
        with Image.open(path, formats=[FORMATS[kind]]) as picture:
            if picture.width * picture.height > MOST_PIXELS:  # before a pixel is unpacked
                raise refusal("too_much_inside")
            picture.load()
            return ImageOps.exif_transpose(picture)
    except BOMBS:
        raise refusal("too_much_inside") from None
    except UNREADABLE:
        raise refusal("damaged") from None
