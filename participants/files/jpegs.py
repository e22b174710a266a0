"""The parts of a JPEG: takes out the notes, and leaves every pixel as it is."""

from django.core.exceptions import ValidationError

from participants.files.refusals import refusal

START, END, SCAN = 0xD8, 0xD9, 0xDA
FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)}
IN_ROUNDS = {0xC2, 0xC6, 0xCA, 0xCE}
# Camera, place, thumbnail, comments. Part 14 says how the colours are meant, so it stays.
NOTES = {*range(0xE0, 0xEE), 0xEF, 0xFE}
WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD8)}
STUFFED = {0x00, *range(0xD0, 0xD8)}  # after FF inside the pixels


def without_notes(content):
    """``content`` without notes and without what stands after its end; the pixels untouched.

    Raises ValidationError (``damaged``) for bytes that are no whole JPEG.
    """
    kept = bytearray(content[:2])
    at = 2
    while True:
        kind, part_end = _part(content, at)
        if kind == END:
            return bytes(kept + b"\xff\xd9")
        if kind not in NOTES:
            kept += content[at:part_end]
        at = part_end


def is_drawn_in_rounds(path):
    """Whether the whole picture has to be kept, at its full size, until the last of its rounds.

    So it is when each round makes it finer, or brings one colour. What cannot be followed, may.
    """
    content = path.read_bytes()
    at, colours = 2, 0
    try:
        while content[at + 1 : at + 2] != b"\xda":
            kind, end = _part(content, at)
            if kind in IN_ROUNDS:
                return True
            if kind in FRAMES:
                colours = content[at + 9]
            at = end
        return content[at + 4] < colours
    except (IndexError, ValidationError):
        return True


def _part(content, at):
    """The kind of the part that begins at ``at``, and where the next one begins."""
    if content[at : at + 1] != b"\xff" or at + 2 > len(content):
        raise refusal("damaged")
    kind = content[at + 1]
    if kind == 0xFF:  # padding
        return kind, at + 1
    if kind == END or kind in WITHOUT_LENGTH:
        return kind, at + 2
    end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
    return kind, _end_of_pixels(content, end) if kind == SCAN else end


def _end_of_pixels(content, at):
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise refusal("damaged")
        if content[at + 1] not in STUFFED:
            return at
        at += 2
