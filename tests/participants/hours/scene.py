"""What most tests of hours ask for: an hour written down, on a day in the cohort of 2025."""

import datetime as dt
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from participants.files import storing
from participants.hours import actions, proofs, slips

TODAY = dt.date(2025, 4, 1)
NOON = "2025-04-01 12:00 +0200"


def log(enrolment, **facts):
    """Hours of ``enrolment``, logged by their owner."""
    known = {"kind": "work", "date": TODAY, "minutes": 60, "description": "Meegelopen"}
    return actions.log(enrolment, by=enrolment.participant, **known | facts)


def refused(code):
    """Expect a refusal with this code, and a sentence for people."""
    return pytest.raises(
        ValidationError, check=lambda e: e.code == code and e.message.endswith(".")
    )


def photo(name="rooster.jpg"):
    """A small photo, as a phone would send it."""
    picture = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(picture, "JPEG")
    return SimpleUploadedFile(name, picture.getvalue(), content_type="image/jpeg")


def attached(entry, name="rooster.jpg"):
    """A proof that its owner hung on ``entry``."""
    with storing.received(photo(name)) as received:
        return proofs.attach(entry, received, by=entry.enrolment.participant)


def by_slip(entries, by, **facts):
    """What ``approve_by_slip`` answers to a photo of a paper with ``entries`` on it."""
    with storing.received(photo("papier.jpg")) as received:
        return slips.approve_by_slip(entries, received, by=by, **facts)
