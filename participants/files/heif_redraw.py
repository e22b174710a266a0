"""Run as a program: draws a HEIC photo anew as a JPEG, and prints "passed" or what is wrong.

Stands alone, without Django. The bytes of a stranger go through a library in C here, in a
process with little memory and nothing of ours in it.
"""

import contextlib
import resource
import struct
import sys

import pi_heif
from PIL import Image

PASSED = "passed"
MEMORY_BYTES = 1024**3
CPU_SECONDS = 15
MOST_PIXELS = 50_000_000  # as in photos
QUALITY = 95
UNREADABLE = (ArithmeticError, LookupError, OSError, RuntimeError, SyntaxError, TypeError)


def redrawn(path, to):
    """The word for the photo at ``path``; the library turns it upright while it reads."""
    try:
        with Image.open(path, formats=["HEIF"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:  # before a pixel is unpacked
                return "too_much_inside"
            picture.load()
            plain = picture.convert("RGB")
        plain.info = {}
        plain.save(to, "JPEG", quality=QUALITY)
    except (MemoryError, Image.DecompressionBombError):
        return "too_much_inside"
    except (*UNREADABLE, ValueError, struct.error):
        return "damaged"
    return PASSED


if __name__ == "__main__":
    with contextlib.suppress(ValueError, OSError):  # some systems cannot limit memory
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    pi_heif.options.DECODE_THREADS = 1
    pi_heif.register_heif_opener()
    print(redrawn(sys.argv[1], sys.argv[2]))
