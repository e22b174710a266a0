"""What anyone may know: whoever holds the paper, its file, or its number and code.

Before the award date a certificate is unknown here, to its holder too: a paper that is printed
early says nothing yet, and what is taken back before the party was never there.
"""

import datetime as dt
import re

from django.utils import timezone

from certificates.models import HAND_LENGTH, Certificate
from participants.enrolments.models import CriterionKey

NUMBER = re.compile(r"(LL)(\d{4})(\d{4,})")
NO_CODE = "?" * HAND_LENGTH  # of no certificate
TOLD = (
    *("number", "code", "status", "name", "facts", "award_date", "ended_at", "shown"),
    "enrolment",
)


def awarded():
    """The certificates that can be checked today, with what an answer tells.

    What a few answers need (the successor, whose it is) is asked when they do.
    """
    return Certificate.objects.awarded().only(*TOLD)


def by_code(code):
    """The certificate of this code, or None."""
    return awarded().filter(code=code).first()


def by_hand(number, hand_code):
    """The certificate of this number and this code together, or None.

    Spaces, dashes and lower case are forgiven. A number alone tells nothing, and costs the same:
    one question to the database, which gives no row for an unknown number nor for a wrong code.
    """
    hand_code = tidy(hand_code)
    if len(hand_code) != HAND_LENGTH:
        hand_code = NO_CODE
    return awarded().filter(number=tidy_number(number), hand_code=hand_code).first()


def tidy(text):
    """Letters and digits only, in capitals."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def tidy_number(text):
    """ "LL-2027-0048" from "ll 2027 0048"; anything else as it was, without its signs."""
    found = NUMBER.fullmatch(tidy(text))
    return "-".join(found.groups()) if found else tidy(text)


def answer(certificate, shown=None):
    """What the check page and the API say of ``certificate``: earned what, and its state today.

    What was earned is there while it is valid, as much of it as the holder chose; ``shown`` is
    another choice, to look at beforehand. Else only what became of it, never why. Of who was
    erased number, state and date are left.
    """
    status = {
        "status": certificate.status,
        "number": certificate.number,
        "shown": None,
        "ended_on": certificate.ended_at and timezone.localdate(certificate.ended_at),
        "replaced_by": None,
        **dict.fromkeys(EARNED),
    }
    if certificate.status == Certificate.Status.REPLACED:
        status["replaced_by"] = certificate.replaced_by.number
    if certificate.status != Certificate.Status.VALID:
        return status
    if not certificate.facts:  # erased when its time was over: the register keeps no name
        return {**status, "issued_on": certificate.award_date}
    shown = shown or certificate.shown
    told = EARNED if shown == Certificate.Shown.FULL else IN_SHORT
    all_of_it = earned(certificate)
    return {**status, "shown": shown, **{key: all_of_it[key] for key in told}}


IN_SHORT = ("name", "track", "provider", "issued_on")
EARNED = (
    *IN_SHORT,
    "cohort",
    "period",
    "study_minutes",
    "work_minutes",
    "criteria",
)


def earned(certificate):
    """What the frozen facts say was earned; time in minutes."""
    facts, day = certificate.facts, dt.date.fromisoformat
    return {
        "name": certificate.name,
        "track": facts["track"],
        "cohort": facts["cohort"],
        "period": {"starts_on": day(facts["period_start"]), "ends_on": day(facts["period_end"])},
        "study_minutes": facts["study_minutes"],
        "work_minutes": facts["work_minutes"],
        "criteria": [{"key": key, "label": str(label)} for key, label in CriterionKey.choices],
        "provider": facts["provider"],
        "issued_on": certificate.award_date,
    }
