"""The name of a file as its owner sees it, safe to print and to save under."""

import unicodedata

EXTENSIONS = {
    "pdf": (".pdf",),
    "docx": (".docx",),
    "odt": (".odt",),
    "jpeg": (".jpg", ".jpeg", ".heic", ".heif"),
    "png": (".png",),
}
FORBIDDEN = str.maketrans(dict.fromkeys('<>:"|?*%', "_"))
LONGEST_BYTES = 90  # of the stem, in UTF-8: with its ending it fits any disk


def cleaned(name, *, kind):
    """One line of at most 100 characters that ends in the extension of ``kind``.

    Folders, control characters and characters that turn the reading order are dropped.
    """
    last = str(name).replace("\\", "/").rpartition("/")[2]
    kept = (c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C")
    line = " ".join("".join(kept).translate(FORBIDDEN).split())
    stem = _without_extension(line, EXTENSIONS[kind]).strip(". ")
    short = stem.encode()[:LONGEST_BYTES].decode(errors="ignore").strip(". ")
    return f"{short or 'bestand'}{EXTENSIONS[kind][0]}"


def _without_extension(line, extensions):
    for extension in extensions:
        if line.casefold().endswith(extension):
            return line[: -len(extension)]
    return line
