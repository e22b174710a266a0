"""Pictures that are drawn here: no files, no real signatures."""

import io

from PIL import Image, ImageDraw


def png_of(picture):
    png = io.BytesIO()
    picture.save(png, "PNG")
    return png.getvalue()


def logo_png(colour="#0b625c", size=(300, 100)):
    """The bytes of a logo: a bar on white."""
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).rectangle((10, 30, size[0] - 10, 70), fill=colour)
    return png_of(picture)


def signature_png(turn=0):
    """The bytes of a scribble; another ``turn``, another hand."""
    picture = Image.new("L", (600, 180), 255)
    line = [(40 + 25 * at, 90 + 70 * (-1) ** at - 9 * turn) for at in range(20)]
    ImageDraw.Draw(picture).line(line, fill=0, width=5)
    return png_of(picture)
