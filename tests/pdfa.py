"""Does a document keep the standards? Asked of page-validation, which no code of ours knows."""

import io

import page
import pikepdf

PROFILES = page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1
# It takes a stream whose last byte happens to be a carriage return (one in 256 does) for a byte
# shorter than it is. qpdf, which goes by the length, says whether the length is right.
LENGTHS = "PDFA3A-STREAM-LENGTH-001"


def faults(pdf):
    """What ``pdf`` (bytes) does wrong as PDF/A-3a and as PDF/UA-1; empty when it keeps both."""
    found = []
    for profile in PROFILES:
        report = page.validate_pdf_bytes(pdf, profile=profile)
        assert report.rules.total > 100  # it really looked
        found += [f"{profile.value} {each.rule_id}: {each.message}" for each in report.failures]
        assert report.is_compliant == (not report.failures)
    if lengths_are_right(pdf):
        found = [each for each in found if LENGTHS not in each]
    return found


def lengths_are_right(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return file.check_pdf_syntax() == []
