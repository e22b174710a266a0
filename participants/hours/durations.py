"""Reads how long something took, the way people type it. Whole numbers only, never a float.

Choices that were open:

- A bare whole number means hours ("2") up to 12. Above that it may as well be minutes
  ("15", "90"), so we ask instead of guessing.
- A number from a program (int or Decimal) means minutes: that is the API's field.
- Decimals are rounded half up to the whole minute: "1,33" is 80 minutes.
- "1,30" may be 1 hour and 30 minutes or 1.3 hours; ".15", ".30" and ".45" are asked about.
"""

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LONGEST_MINUTES = 16 * 60
LONGEST_TEXT = 40
BARE_HOURS_AT_MOST = 12

_PARTS = {"½": "1/2", "¼": "1/4", "¾": "3/4"}
_WORDS = "nul een twee drie vier vijf zes zeven acht negen tien".split()
_COUNTS = {
    "anderhalf": "1 1/2",
    "driekwartier": "3 kwartier",
    "driekwart": "3/4",
    "drie kwart": "3/4",
    "een half": "1/2",
    "half": "1/2",
    "een kwart": "1/4",
    "kwart": "1/4",
    **{word: str(count) for count, word in enumerate(_WORDS)},
}
# A longer word first, so that "driekwartier" is not read as "drie" and the rest.
_ANY_COUNT = "|".join(sorted(_COUNTS, key=len, reverse=True))
_COUNT = re.compile(rf"(?<![a-z])({_ANY_COUNT})(?=uur|(?![a-z]))")
_ABBREVIATED = re.compile(r"(?<=[a-z])\. ?")
_ANY_WORD = "|".join(_WORDS)
_AND_A_HALF = re.compile(rf"(?<![a-z])({_ANY_WORD}|[0-9]+) ?en ?(?:een ?)?half(?![a-z])")

_HOUR = r" ?(?:u|uur|uren|uurtjes?|h|hour|hours)"
_MINUTE = r" ?(?:m|min|mins|minuut|minuten|minuutjes?|minutes?|')"
_QUARTER = r" ?kwartier(?:en|tje|tjes)?"
_NUMBER = r"(?P<number>[0-9]+ [13]/[24]|[13]/[24]|[0-9]*[.,][0-9]+|[0-9]+)"

_CLOCK = re.compile(rf"(?P<hours>[0-9]+):(?P<minutes>[0-5][0-9])(?::00)?(?:{_HOUR})?")
_HOURS_AND_MINUTES = re.compile(
    rf"(?P<hours>[0-9]+){_HOUR} ?(?:en )?(?P<minutes>[0-5]?[0-9])(?:{_MINUTE})?"
)
_HOURS_AND_QUARTERS = re.compile(
    rf"(?P<hours>[0-9]+){_HOUR} ?(?:en )?(?:1 )?(?P<quarters>[1-3]?){_QUARTER}"
)
_HOURS = re.compile(rf"{_NUMBER}{_HOUR}")
_MINUTES = re.compile(rf"{_NUMBER}{_MINUTE}")
_QUARTERS = re.compile(rf"(?:1 )?(?P<quarters>[0-9]*){_QUARTER}")
_BARE = re.compile(_NUMBER)
_CLOCK_LIKE = re.compile(r"(?P<hours>[0-9]*)[.,](?P<minutes>15|30|45)")


def parse(value):
    """Whole minutes, 1 to 960, from typed text or from a number of minutes.

    Raises ValidationError with a Dutch sentence and the code ``unreadable_duration``,
    ``zero_duration`` (also for less than zero) or ``too_long`` (over 16 hours).
    """
    if isinstance(value, int | float | Decimal):
        return _within_a_day(_whole_minutes(value))
    text = _normalised(value)
    sign = text[:1] in ("-", "−", "–")
    minutes = _rounded(_minutes_of(text.lstrip("-−– "), typed=value))
    return _within_a_day(-minutes if sign else minutes)


def spoken(minutes):
    """``minutes`` as a person says it: "1 uur en 30 minuten". ``parse`` reads it back."""
    hours, rest = divmod(minutes, 60)
    words = ngettext("%(count)d minuut", "%(count)d minuten", rest) % {"count": rest}
    if not hours:
        return words
    whole = _("%(count)d uur") % {"count": hours}
    return _("%(hours)s en %(minutes)s") % {"hours": whole, "minutes": words} if rest else whole


def as_typed(minutes):
    """``minutes`` as we put them back in a field: "1:30". ``parse`` reads it back."""
    return f"{minutes // 60}:{minutes % 60:02}"


def _whole_minutes(number):
    """A number of minutes from a program; a boolean or a part of a minute is none."""
    nan = number.is_nan() if isinstance(number, Decimal) else number != number
    if isinstance(number, bool) or nan:
        raise _unreadable(number)
    if not 0 < number <= LONGEST_MINUTES:  # first, because a huge Decimal cannot be divided
        return 0 if number <= 0 else LONGEST_MINUTES + 1
    if number % 1:
        raise _unreadable(number)
    return int(number)


def _normalised(value):
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise _unreadable(None)
    text = "".join(_plain(character) for character in value).casefold()
    text = " ".join(text.split()).removesuffix(".").rstrip()
    if not text:
        raise _refused(
            _("Vul in hoe lang het duurde, bijvoorbeeld 1,5 of 1:30 of 90 min."),
            "unreadable_duration",
        )
    text = _ABBREVIATED.sub(" ", text).rstrip()
    text = _AND_A_HALF.sub(lambda found: f"{found[1]} 1/2", text)
    return _COUNT.sub(lambda found: _COUNTS[found[1]], text)


def _plain(character):
    """Full-width digits and such as plain ones, "é" as "e"; a raised 2 stays unreadable."""
    if character in _PARTS:
        return f" {_PARTS[character]} "
    if unicodedata.decomposition(character).startswith(("<super>", "<sub>", "<fraction>")):
        return character
    return unicodedata.normalize("NFKD", character).translate({0x301: None, 0x308: None})


def _minutes_of(text, *, typed):
    """Minutes as an exact number, perhaps not yet whole."""
    for shape in (_CLOCK, _HOURS_AND_MINUTES):
        if found := shape.fullmatch(text):
            return int(found["hours"]) * 60 + int(found["minutes"])
    if found := _HOURS_AND_QUARTERS.fullmatch(text):
        return int(found["hours"]) * 60 + int(found["quarters"] or 1) * 15
    if found := _QUARTERS.fullmatch(text):
        return int(found["quarters"] or 1) * 15
    if found := _MINUTES.fullmatch(text):
        return _exact(found["number"])
    if found := _HOURS.fullmatch(text) or _BARE.fullmatch(text):
        return _hours(found["number"], bare=found.re is _BARE)
    raise _unreadable(typed)


def _hours(number, *, bare):
    if clock := _CLOCK_LIKE.fullmatch(number):
        raise _refused(
            _('Bedoel je %(clock)s of %(number)s uur? Schrijf bijvoorbeeld "%(clock)s".')
            % {"clock": f"{int(clock['hours'] or 0)}:{clock['minutes']}", "number": number},
            "unreadable_duration",
        )
    if bare and number.isdigit() and int(number) > BARE_HOURS_AT_MOST:
        raise _unclear_number(int(number))
    return _exact(number) * 60


def _unclear_number(number):
    """Whether it means minutes or hours; hours are named only where a day can hold them."""
    if number * 60 > LONGEST_MINUTES:
        sentence = _('Bedoel je %(number)d minuten? Schrijf dan "%(number)d min".')
    else:
        sentence = _(
            '%(number)d minuten of %(number)d uur? Schrijf "%(number)d min" of "%(number)d uur".'
        )
    return _refused(sentence % {"number": number}, "unreadable_duration")


def _exact(number):
    """The Fraction that "1,5", "1 1/2" or "2" stands for."""
    return sum(Fraction(part.replace(",", ".")) for part in number.split())


def _rounded(minutes):
    return int(minutes + Fraction(1, 2))


def _within_a_day(minutes):
    if minutes < 1:
        raise _refused(
            _("Vul een duur in van meer dan 0 minuten, bijvoorbeeld 1:30."), "zero_duration"
        )
    if minutes > LONGEST_MINUTES:
        raise _refused(_("Dat is meer dan 16 uur. Vul de uren van één dag in."), "too_long")
    return minutes


def _unreadable(typed):
    example = _("Schrijf bijvoorbeeld 1,5 of 1:30 of 90 min.")
    if typed is None:
        return _refused(_("We begrijpen deze duur niet.") + " " + example, "unreadable_duration")
    shown = "".join(character for character in str(typed)[:LONGEST_TEXT] if character.isprintable())
    known = _('We begrijpen "%(text)s" niet.') % {"text": shown.strip()}
    return _refused(f"{known} {example}", "unreadable_duration")


def _refused(sentence, code):
    return ValidationError(sentence, code=code)
