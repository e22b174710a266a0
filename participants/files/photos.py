"""Photos are drawn anew: what stands in the pixels stays, where and when it was taken goes."""

import struct
import zlib

from PIL import Image, ImageOps

from participants.files.refusals import refusal

MOST_PIXELS = 50_000_000  # the largest setting of a usual phone
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
        picture.save(to, "JPEG", quality=90)
    else:
        picture.save(to, "PNG")


def _picture(path, kind):
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
