"""Pictures as a file takes them: their pixels alone, deflated once per process."""

import io
import zlib
from functools import lru_cache
from typing import NamedTuple

from PIL import Image
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream

SPACES = {"L": "DeviceGray", "RGB": "DeviceRGB"}


class Picture(NamedTuple):
    """``packed`` holds the rows of pixels from the top, eight bits a colour."""

    width: int
    height: int
    space: str
    packed: bytes


@lru_cache(maxsize=64)
def read(png):
    """The picture in these PNG bytes, which have greys or colours and nothing to see through."""
    with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
        pixels = zlib.compress(opened.tobytes(), 9)
        return Picture(*opened.size, SPACES[opened.mode], pixels)


def fitted(picture, width, height):
    """(width, height) in points: as large as fits in this room, in its own shape."""
    scale = min(width / picture.width, height / picture.height)
    return round(picture.width * scale, 2), round(picture.height * scale, 2)


def stream(picture):
    entries = {
        "Type": PDFName("XObject"),
        "Subtype": PDFName("Image"),
        "Width": picture.width,
        "Height": picture.height,
        "ColorSpace": PDFName(picture.space),
        "BitsPerComponent": 8,
        "Filter": PDFName("FlateDecode"),
    }
    return PDFStream(PDFDictionary(entries), picture.packed)
