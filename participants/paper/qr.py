"""An address as a QR code, to draw with whatever draws."""

import re

from zxingcpp import BarcodeFormat, create_barcode

DARK = re.compile(b"\0+")


def runs(text):
    """(side in modules, [(column, row, length)]): the dark runs, rows from the top.

    Error level M, in the smallest square that holds ``text``. The quiet zone of four modules that
    the standard asks is included in the side, so no run goes on in the next row.
    """
    code = create_barcode(text, BarcodeFormat.QRCode, ec_level="M")
    picture = memoryview(code.to_image())
    side = len(picture)
    found = DARK.finditer(bytes(picture))
    return side, [(run.start() % side, run.start() // side, len(run[0])) for run in found]
