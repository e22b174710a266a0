"""The check address as a QR code."""

import segno

QUIET = 4  # modules of white around it, as the standard asks
MASK = 2  # a fixed mask decodes as well; looking for the prettiest of eight costs five times more


def runs(text):
    """(side in modules, [(column, row, length)]): the dark runs, rows from the top.

    Error level M or better, quiet zone included in the side.
    """
    matrix = segno.make(text, error="m", micro=False, mask=MASK).matrix
    dark = []
    for row, modules in enumerate(matrix):
        cells, start = bytes(modules), 0
        while (start := cells.find(1, start)) >= 0:
            end = cells.find(0, start) % (len(cells) + 1)
            dark.append((start + QUIET, row + QUIET, end - start))
            start = end
    return len(matrix) + 2 * QUIET, dark
