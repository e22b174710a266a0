"""Minutes and counts as people read them. Exact: nothing here rounds up."""

from django import template

from participants.hours.wording import as_figure, in_words

register = template.Library()

# progress.py names who acts next; an unknown word is shown as it came.
ACTORS = {
    "participant": "Deelnemer",
    "trainer": "Trainer",
    "assessor": "Beoordelaars",
    "coordinator": "Coördinator",
    "group": "De groep",
    "staff": "Wordt nagekeken",
}


@register.filter
def hours(minutes):
    """Minutes in words: "1,5 uur"; "" for None."""
    return "" if minutes is None else in_words(minutes)


@register.filter
def whole_hours(minutes):
    """Minutes as the front of a certificate has them: whole hours, rounded down."""
    return in_words(minutes // 60 * 60)


@register.filter
def hours_short(minutes):
    """Minutes as a figure in hours: "4,5"; "" for None."""
    return "" if minutes is None else as_figure(minutes)


@register.filter
def amount(line):
    """So much of so much for a line of ``progress.lines``; "" for what is done or not."""
    return amount_of(line["unit"], line["achieved"], line["required"])


@register.simple_tag
def amount_of(unit, achieved, required):
    """As ``amount``, for a piece that has no line."""
    if unit == "minutes":
        return f"{hours_short(achieved)} van de {hours(required)}"
    return f"{achieved} van de {required} keer" if unit == "meetings" else ""


@register.filter
def mark_state(line):
    """The shape that goes with a line of ``progress.lines``: "met", "busy" or "open"."""
    if line["met"]:
        return "met"
    return "busy" if line["achieved"] or line["submitted"] or line["started"] else "open"


@register.filter
def who_acts(line):
    """Who acts next for a line of ``progress.lines``, in words; "" when nobody has to."""
    actor = line["waiting_on"] or ""
    return ACTORS.get(actor, actor)


STATUS_WORDS = {
    "draft": "Concept",
    "submitted": "Ingediend",
    "approved": "Akkoord",
    "returned": "Teruggestuurd",
    "withdrawn": "Ingetrokken",
}
STATUS_TONES = {
    "submitted": "purple",
    "shared": "purple",
    "proposed": "purple",
    "applied": "purple",
    "returned": "yellow",
    "approved": "lime",
    "complete": "lime",
    "completed": "lime",
    "valid": "lime",
    "pass": "lime",
}


@register.filter
def status_word(status):
    """The word for the state of an hour entry; other states bring their own label."""
    return STATUS_WORDS.get(status, status)


@register.filter
def status_tone(status):
    """The colour of a badge that goes with a state; "" for a state that asks nothing."""
    return STATUS_TONES.get(status, "")


@register.filter
def minutes_left(line):
    """Minutes between what is approved and what is needed; never below 0."""
    return max(line["required"] - line["achieved"], 0)


@register.filter
def minutes_over(line):
    """Approved minutes above what is needed; never below 0."""
    return max(line["achieved"] - line["required"], 0)
