"""Photos are drawn anew: what stands in the pixels stays, where and when it was taken goes."""

import io
import mmap
import re
import struct
import zlib
from dataclasses import dataclass

from PIL import Image, ImageOps, PngImagePlugin

from participants.files.jpegs import is_drawn_in_rounds, without_notes
from participants.files.refusals import refusal

MOST_PIXELS = 50_000_000  # the largest setting of a usual phone
# What pixels may take of our memory at once: 12 megapixels in colour, 49 in grey. A larger JPEG
# is unpacked at a half, a quarter or an eighth; any other picture is refused.
ROOM_BYTES = 49_000_000
BYTES_OF_GREY, BYTES_OF_COLOUR = 1, 4  # a pixel in the memory of Pillow
BYTES_OF_COEFFICIENT = 2  # a JPEG in rounds is kept whole in these, at its full size
SCALES = (1, 2, 4, 8)
# All notes of a PNG together, unpacked; Pillow would take 64 MB of them.
PngImagePlugin.MAX_TEXT_MEMORY = 4 * 1024 * 1024
# A photo of paper reads well at this size, and twenty of them fit in a file that we take.
PAGE_PIXELS = 2000
PAGE_BYTES = 1024 * 1024
QUALITY = 90
PAGE_QUALITY = 85
PNG_EFFORT = 2  # a quarter of the time of the usual 6, and seldom larger
# A photo is drawn in ten rounds or so; each costs the time of drawing the whole picture.
MOST_SCANS = 100
SCAN = re.compile(rb"\xff\xda")
BAND = 64  # rows
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
        picture.save(to, "PNG", compress_level=PNG_EFFORT)


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
    picture = _opaque(_picture(path, kind))
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


def _opaque(picture):
    """``picture`` in grey or colour; drawn smaller by bands, so that no second one is in memory."""
    if picture.mode in ("RGB", "L"):
        return picture
    if picture.mode == "1":
        return picture.convert("L")
    times = max(1, max(picture.size) // PAGE_PIXELS)
    width, height = (-(-side // times) for side in picture.size)
    paper = Image.new("RGB", (width, height))
    for top in range(0, height, BAND):
        below = min(picture.height, (top + BAND) * times)
        band = picture.crop((0, top * times, picture.width, below))
        paper.paste(on_white(band).reduce(times), (0, top))
    return paper


def _picture(path, kind):
    if kind == "jpeg":
        _judge_rounds(path)
    try:
        with Image.open(path, formats=[FORMATS[kind]]) as picture:
            _judge_pixels(picture)  # before one is unpacked
            if kind == "jpeg":
                _take_smaller(picture, path)
            picture.load()
            return _upright(picture)
    except BOMBS:
        raise refusal("too_much_inside", instead="drawing") from None
    except UNREADABLE:
        raise refusal("damaged") from None


def _judge_rounds(path):
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if sum(1 for _ in SCAN.finditer(content)) > MOST_SCANS:
            raise refusal("too_much_inside")


def _judge_pixels(picture):
    if picture.width * picture.height > MOST_PIXELS:
        raise refusal("too_much_inside", instead="photo")
    if picture.format == FORMATS["png"] and _bytes_of(picture) > ROOM_BYTES:
        raise refusal("too_much_inside", instead="drawing")


def _bytes_of(picture):
    """What ``picture`` takes once unpacked, and made fit for a page."""
    each = BYTES_OF_GREY if picture.mode in ("1", "L") else BYTES_OF_COLOUR
    return picture.width * picture.height * each


def _take_smaller(jpeg, path):
    """Have ``jpeg`` unpacked at the largest scale that fits in memory."""
    beside = _bytes_of_coefficients(jpeg) if is_drawn_in_rounds(path) else 0
    copies = 2 if _is_turned(jpeg) else 1
    room = min(ROOM_BYTES - beside, ROOM_BYTES // copies)
    scale = next((scale for scale in SCALES if _bytes_of(jpeg) <= room * scale**2), None)
    if scale is None:
        raise refusal("too_much_inside", instead="drawing")
    jpeg.draft(None, (jpeg.width // scale, jpeg.height // scale))


def _bytes_of_coefficients(jpeg):
    shares = [across * down for _name, across, down, _table in jpeg.layer]
    most = max(across for _, across, _, _ in jpeg.layer) * max(down for _, _, down, _ in jpeg.layer)
    return jpeg.width * jpeg.height * BYTES_OF_COEFFICIENT * sum(shares) // most


def _is_turned(picture):
    return picture.getexif().get(ORIENTATION, UPRIGHT) != UPRIGHT


def _upright(picture):
    """``picture`` itself, or a turned copy, for which there has to be room too."""
    if not _is_turned(picture):
        return picture
    if 2 * _bytes_of(picture) > ROOM_BYTES:
        raise refusal("too_much_inside", instead="drawing")
    return ImageOps.exif_transpose(picture)
