"""The front: who, what, how many hours, signed and to be checked. One function per part."""

import unicodedata

from certificates.documents import wording
from certificates.documents.page import COLUMN, LEFT, RIGHT
from participants.paper import fonts, typesetting
from participants.paper.wording import long_date, period

NAME_SIZES = (42, 30)
ROOM_FOR_TWO_MARKS = 8  # points, above a name such as Ễm
TRACK_SIZES = (26, 19)
LOGO_ROOM = 150, 44
SIGNATURE_ROOM = 150, 38
LEGAL = "Dit certificaat is geen wettelijk erkend diploma."


def draw(page, facts):
    hours = {
        "study": wording.whole_hours(facts["study_minutes"]),
        "work": wording.whole_hours(facts["work_minutes"]),
    }
    room = spare_room(facts)
    page.weave(hours["study"], hours["work"], centre=118, swing=62, band=46)
    provider(page, facts)
    page.text(LEFT - 3, 140 + room * 0.4, "Certificaat", fonts.LIGHT, 64, "study", kind="H1")
    achievement(page, facts, 176 + room * 0.9)
    hour_pictures(page, hours, 388 - room * 0.5)
    page.paragraph(LEFT, 430 - room * 0.3, facts["conditions"], COLUMN - 96, 11.5, most=3)
    signatures(page, facts)
    check(page, facts)
    page.text(LEFT, 573, LEGAL, size=9, colour="soft")


def spare_room(facts):
    """Points that short names leave, to share out so that the page stays in balance."""
    name, track = fonts.printable(facts["name"]), fonts.printable(facts["track"])
    lines = len(typesetting.fit(name, fonts.BOLD, COLUMN, *NAME_SIZES)[1])
    lines += len(typesetting.fit(track, fonts.SEMIBOLD, COLUMN, *TRACK_SIZES)[1])
    return (4 - lines) * 12


def provider(page, facts):
    """Who gives it, with whom, and at the right their logo."""
    look = {"font": fonts.SEMIBOLD, "colour": "study"}
    room = COLUMN - logo(page, facts)
    wide = typesetting.width_of(fonts.printable(facts["partners"]), fonts.REGULAR, 11) > room
    y = 48 if wide else 56
    page.fitted(LEFT, y, facts["provider"], room, (13, 8), **look)
    if facts["partners"]:
        page.paragraph(LEFT, y + 16, facts["partners"], room, 11, most=2, colour="soft")


def logo(page, facts):
    """Its upper edge as high as the provider; returns the room that it takes at the right."""
    if not facts.get("logo"):
        return 0
    width, height = page.size_of(facts["logo"], LOGO_ROOM)
    alt = f"Logo van {facts['provider']}"
    page.picture(facts["logo"], RIGHT - width, 46 + height, (width, height), alt)
    return width + 24


def achievement(page, facts, y):
    said = wording.USUAL | facts
    page.fitted(LEFT, y, said["opening"], COLUMN, (13, 8), colour="soft")
    y += 43 + (ROOM_FOR_TWO_MARKS if has_two_marks(facts["name"]) else 0)
    y = page.fitted(LEFT - 1, y, facts["name"], COLUMN, NAME_SIZES, fonts.BOLD)
    page.fitted(LEFT, y + 30, said["achievement"], COLUMN, (13, 8), colour="soft")
    look = {"font": fonts.SEMIBOLD, "colour": "study"}
    y = page.fitted(LEFT, y + 60, facts["track"], COLUMN, TRACK_SIZES, **look)
    when = f"{facts['cohort']}, {period(facts['period_start'], facts['period_end'])}"
    page.fitted(LEFT, y + 21, when, COLUMN, (12, 8))


def has_two_marks(name):
    """Whether a capital carries two marks, as Ễ does: they stand higher than any other letter."""
    capitals = (unicodedata.normalize("NFD", letter) for letter in name if letter.isupper())
    return any(len(parts) > 2 for parts in capitals)


def hour_pictures(page, hours, y):
    """Both with one pitch, so that the lengths may be compared."""
    pitch = min(3.4, 252 / max(*hours.values(), 1))
    places = (
        (LEFT, "study", "uur studie", "rechte"),
        (LEFT + COLUMN / 2 + 8, "work", "uur werk", "schuine"),
    )
    for x, kind, word, shape in places:
        figure = str(hours[kind])
        with page.marked("P"):
            page.text(x, y, f"{figure} ", fonts.BOLD, 26, kind)
            page.text(x + typesetting.width_of(figure, fonts.BOLD, 26) + 6, y, word, size=14)
        if hours[kind]:
            told = f"Een rij van {figure} {shape} strepen: één voor elk {word}."
            page.strokes(x, y + 24, hours[kind], kind, pitch, told)


def signatures(page, facts):
    """Two people sign, by hand or by a scan; the room above each line is 40 points."""
    page.text(LEFT, 482, f"{facts['place']}, {long_date(facts['award_date'])}", fonts.SEMIBOLD)
    for x, signatory in zip((LEFT, LEFT + 190), facts["signatories"], strict=False):
        signature(page, x, 524, signatory)


def signature(page, x, y, signatory):
    """A line to sign on, and under it who that is; a scan stands on the line."""
    if key := signatory.get("signature"):
        size = page.size_of(key, SIGNATURE_ROOM)
        page.picture(key, x + 6, y + 4, size, f"Handtekening van {signatory['name']}")
    page.rule(x, x + 165, y, "line")
    page.fitted(x, y + 14, signatory["name"], 165, (11, 8), font=fonts.SEMIBOLD)
    page.fitted(x, y + 27, signatory["role"], 165, (10, 8.5), colour="soft")


def check(page, facts):
    """Two ways to check: scan, or type number and code."""
    page.qr(RIGHT - 92 + 9, 456, 92, facts["check_url"])
    number = f"{facts['number']}, code {wording.in_groups(facts['hand_code'])}"
    page.text(RIGHT, 559, number, fonts.SEMIBOLD, 10.5, align="right")
    page.text(RIGHT, 573, f"Controleer: {facts['check_host']}", size=9, align="right")
