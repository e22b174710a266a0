"""Judges a PDF, and makes one of photos of paper."""

import pikepdf
from pikepdf import Dictionary, Name

from participants.files import apart, pdf_probe

A4_POINTS = (595, 842)
MARGIN_POINTS = 18


def judge(path):
    """The number of pages, when the file is sound and passive; else ValidationError with a code."""
    return int(apart.answer(pdf_probe, path))


def bind(photos, *, to):
    """Write a PDF to the path ``to`` with each of ``photos`` (photos.Page) on a page of its own.

    Each page is an A4 that stands or lies as its photo does.
    """
    with pikepdf.new() as pdf:
        for photo in photos:
            _add(pdf, photo)
        pdf.save(to)


def _add(pdf, photo):
    size = A4_POINTS if photo.height >= photo.width else A4_POINTS[::-1]
    page = pdf.add_blank_page(page_size=size)
    image = pdf.make_stream(
        photo.jpeg,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=photo.width,
        Height=photo.height,
        ColorSpace=Name.DeviceGray if photo.is_grey else Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    page.obj.Resources = Dictionary(XObject=Dictionary(Photo=image))
    page.obj.Contents = pdf.make_stream(_placed(photo, *size))


def _placed(photo, width, height):
    """As large as fits, in the middle."""
    room = width - 2 * MARGIN_POINTS, height - 2 * MARGIN_POINTS
    scale = min(room[0] / photo.width, room[1] / photo.height)
    wide, high = photo.width * scale, photo.height * scale
    left, low = (width - wide) / 2, (height - high) / 2
    return f"q {wide:.2f} 0 0 {high:.2f} {left:.2f} {low:.2f} cm /Photo Do Q".encode()
