"""Run as a program: ``pdf_cut.py PATH 2 5`` writes a PDF of only pages 2 and 5 to its output.

Stands alone, without Django, as ``pdf_probe`` does. What does not hang on these pages themselves
(outline, other pages that a link leads to, pictures that only other pages draw, attachments,
who made it) stays behind.
"""

import contextlib
import resource
import sys

import pikepdf

MEMORY_BYTES = 1024**3
UNPACKED_BYTES = 256 * 1024**2
CPU_SECONDS = 15
# A link, a thumbnail or a tag can lead to another page and take it along.
KEPT = {"/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents"}


def cut(path, numbers, out):
    with pikepdf.open(path) as source, pikepdf.new() as chosen:
        source.flatten_annotations("screen")
        source.remove_unreferenced_resources()
        for number in numbers:
            chosen.pages.append(source.pages[number - 1])
            strip(chosen.pages[-1].obj)
        chosen.remove_unreferenced_resources()
        chosen.save(out, deterministic_id=True)


def strip(page):
    for key in set(page.keys()) - KEPT - {"/Parent"}:
        del page[key]


if __name__ == "__main__":
    with contextlib.suppress(ValueError, OSError):  # some systems cannot limit memory
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    pikepdf.settings.set_qpdf_limits(flate_max_memory=UNPACKED_BYTES)
    cut(sys.argv[1], [int(number) for number in sys.argv[2:]], sys.stdout.buffer)
