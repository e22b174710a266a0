"""What most tests of hours ask for: an hour written down, on a day in the cohort of 2025."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from participants.hours import actions

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
