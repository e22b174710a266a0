"""The pictures: one stroke is one hour, and on the day of the certificate the weave.

Geometry is worked out here and drawn by templates/partials/; ten units are one hour.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join

from leerlijn.templatetags.figures import hours

register = template.Library()

STROKE, PITCH, LEAN = 5, 10, 13
MINI_HOURS = 5  # hours in one stroke of the small picture
LINE = '<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}" stroke-width="{}" stroke-dashoffset="{}"/>'
HIDDEN = format_html('aria-hidden="{}"', "true")
KINDS = {"study": "Studie", "work": "Werk"}

ICONS = {
    "home": "M4 11 12 4l8 7v9h-5v-6H9v6H4z",
    "clock": "M12 3a9 9 0 1 0 .01 0M12 7v5l3.5 2",
    "people": "M8 11a3 3 0 1 0-.01 0M16 11a3 3 0 1 0-.01 0M2.5 19c.5-3.5 2.5-5 5.5-5s5 1.5 5.5 5"
    "M14 14.2c.6-.2 1.3-.2 2-.2 3 0 5 1.5 5.5 5",
    "page": "M6 3h8l4 4v14H6zM9 12h6M9 16h6",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "list": "M4 6h2M4 12h2M4 18h2M10 6h10M10 12h10M10 18h10",
    "arrow": "M5 12h14M13 6l6 6-6 6",
    "again": "M5 12a7 7 0 1 0 2.2-5.1M7 3v4h4",
    "plus": "M12 5v14M5 12h14",
    "check": "m5 12.5 4.5 4.5L19 7",
    "download": "M12 4v11M7 11l5 5 5-5M5 20h14",
    "share": "M10 14 20 4M14 4h6v6M18 13v7H4V6h7",
    "star": "m12 4 2.4 5 5.6.7-4.1 3.8 1.1 5.5-5-2.8-5 2.8 1.1-5.5L4 9.7 9.6 9z",
    "calendar": "M4 6h16v14H4zM4 11h16M8 3v5M16 3v5",
    "chat": "M4 5h16v11h-9l-5 4v-4H4zM8 9h8M8 12.5h5",
}

ICON = '<svg class="ll-icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>'
ICON_OF = {name: format_html(ICON, path) for name, path in ICONS.items()}


@dataclass(frozen=True)
class Strokes:
    """Where the strokes of one kind of hours begin and end, in units of the picture."""

    approved: float
    submitted: float
    todo: int
    end: int
    leans: bool

    @property
    def width(self):
        return max(self.end - STROKE, STROKE) + (LEAN if self.leans else 0)

    @property
    def dash_offset(self):
        """Keeps half strokes in step with the full ones when an hour is shared by both."""
        return self.approved % PITCH


@register.simple_tag
def hours_picture(kind, approved, submitted, required):
    """The large picture of minutes of one kind, with its figures in words for who cannot see it."""
    label = (
        f"{KINDS[kind]}: {hours(approved)} akkoord, {hours(submitted)} ingediend, "
        f"{hours(required)} nodig"
    )
    return _svg(strokes(kind, approved, submitted, required), kind, label=label)


@register.simple_tag
def hours_mini(kind, approved, submitted, required):
    """The small picture of minutes of one kind: five hours a stroke; the text beside it says it."""
    return _svg(mini_strokes(kind, approved, submitted, required), kind)


def strokes(kind, approved, submitted, required):
    """Strokes for minutes, an hour each. An hour that is not full never looks full."""
    total = approved + submitted
    return Strokes(
        approved=_along(approved),
        submitted=_along(total) if submitted else _along(approved),
        todo=math.ceil(total / 60) * PITCH,
        end=math.ceil(max(required, total) / 60) * PITCH,
        leans=kind == "work",
    )


def mini_strokes(kind, approved, submitted, required):
    """Strokes for minutes, five hours each and rounded down; full only when the norm is met."""
    end = max(math.ceil(required / 60 / MINI_HOURS), 1) * PITCH

    def along(minutes):
        whole = minutes // (60 * MINI_HOURS) * PITCH
        return end if minutes >= required else min(whole, end - PITCH)

    reached = along(approved + submitted)
    return Strokes(along(approved), reached, reached, end, leans=kind == "work")


@register.simple_tag
def icon(name):
    """One of our own icons, 24 px; always beside a word, so hidden from a screen reader."""
    return ICON_OF[name]


@register.simple_tag
def weave(study_minutes, work_minutes):
    """Two strands that become one and a golden thread: four hours a line, at least one line."""
    return format_html(
        '<svg class="ll-weave" viewBox="0 0 600 150" preserveAspectRatio="xMidYMid slice"'
        ' aria-hidden="true"><path d="{}"/><path class="work" d="{}"/>'
        '<path class="you" d="{}"/></svg>',
        strand(_lines(study_minutes), -1),
        strand(_lines(work_minutes), 1),
        strand(1, 0),
    )


@lru_cache(maxsize=256)
def strand(lines, side, steps=12):
    """The path of ``lines`` threads; side -1 starts above, 1 below, 0 is the thread in between."""
    return "".join(_thread((line + 0.5) / lines * 2 - 1, side, steps) for line in range(lines))


def _thread(place, side, steps):
    points = []
    for step in range(-1, steps + 2):
        along = step / steps
        turn = 2 * math.pi * 1.25 * along
        wide = 24 * (0.5 + 0.5 * math.sin(turn + 0.9 * place * (1 - along)) ** 2)
        sway = side * math.cos(turn) if side else 0.3 * math.sin(turn)
        points.append((600 * along, 75 + 50 * (1 - 0.8 * along) * sway + place * wide))
    return _curve(points)


def _curve(points):
    """A smooth curve through the points; the first and last only give direction."""
    path = ["M{:.0f} {:.1f}".format(*points[1])]
    for before, start, end, after in zip(points, points[1:], points[2:], points[3:], strict=False):
        leaving = start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6
        arriving = end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6
        path.append("C{:.0f} {:.1f} {:.0f} {:.1f} {:.0f} {:.1f}".format(*leaving, *arriving, *end))
    return "".join(path)


def _lines(minutes):
    return max(round(minutes / 60 / 4), 1)


def _along(minutes):
    whole, rest = divmod(minutes, 60)
    # The cap leaves a gap of half a unit: 59 minutes of an hour are not the hour.
    return whole * PITCH + min(rest / 60 * STROKE, STROKE - 0.5)


def _svg(drawn, kind, label=""):
    return format_html(
        '<svg class="ll-hours{} ll-hours--{}" viewBox="0 0 {} 40" preserveAspectRatio="none" {}>'
        "<g{}>{}</g></svg>",
        "" if label else " ll-hours--mini",
        kind,
        drawn.width,
        format_html('role="img" aria-label="{}"', label) if label else HIDDEN,
        format_html(' transform="translate({}) skewX(-18)"', LEAN) if drawn.leans else "",
        format_html_join("", LINE, _parts(drawn)),
    )


def _parts(drawn):
    """Rows for LINE: full height approved, half height submitted, a dot still to do."""
    if drawn.approved:
        yield "done", 0, _number(drawn.approved), 20, 20, 40, 0
    if drawn.submitted > drawn.approved:
        start, end = _number(drawn.approved), _number(drawn.submitted)
        yield "sent", start, end, 30, 30, 20, _number(drawn.dash_offset)
    if drawn.end > drawn.todo:
        yield "todo", drawn.todo, drawn.end, 37, 37, 6, 0


def _number(value):
    return f"{value:.2f}".rstrip("0").rstrip(".")
