"""The pieces that stand on a page many times: marks, keys, badges, and cells of the overview."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerlijn.pieces import NUMBER, TRUTH, on_one_line, piece
from leerlijn.templatetags.figures import STATUS_TONES, mark_state, status_word
from participants.enrolments.models import CriterionKey
from participants.messages.models import WRITERS
from participants.messages.writing import REACHABLE

register = template.Library()
register.filter("on_one_line", on_one_line, is_safe=True)

STATES = ("met", "busy", "open")  # those of ``mark_state``
KINDS = ("study", "work")
CELL = {
    "key": tuple(CriterionKey.values),
    "unit": ("minutes", "meetings", "item"),
    "state": STATES,
    "exempt": TRUTH,
    "achieved": NUMBER,
    "required": NUMBER,
    "submitted": NUMBER,
}
LINK = '<a class="ams-link" href="{}">{}</a>'
MORE = '<a class="ll-more" href="{}">{}</a>'

mark = piece("partials/mark.html", state=STATES)
mark_word = piece("partials/mark_word.html", state=STATES)
key = piece("partials/key.html", kind=KINDS, part=("done", "sent", "todo"))
cell = piece("partials/criterion_cell.html", **CELL)
shape = piece("partials/criterion_shape.html", **CELL)

for each, name in ((mark, "mark"), (mark_word, "mark_word"), (key, "key")):
    register.simple_tag(each, name=name)


@register.simple_tag
def criterion_cells(lines):
    """The cells of somebody in the table of people: in each a line of ``progress.lines``."""
    return format_html_join("", "{}", ((cell(*_facts(line)),) for line in lines))


@register.simple_tag
def criterion_shapes(lines):
    """The same as shapes, with their words for who listens."""
    return format_html_join("", "{}", ((shape(*_facts(line)),) for line in lines))


@register.simple_tag
def name_of(row, reader):
    """The name of who stands in a row of the table of people, leading to the page about them.

    For ``reader`` that is the own first screen. Beside a name that several have stands the address.
    """
    key, person = row.enrolment.pk, row.enrolment.participant
    if person.pk == reader.pk:
        own = f"{reverse('overview:begin')}?deelname={key}"
        link = format_html(LINK, own, _("%s (jij)") % person.name)
    else:
        link = format_html(LINK, reverse("overview:person", args=[key]), person.name)
    if not row.has_namesake:
        return link
    return format_html('{}<br> <span class="ll-soft">{}</span>', link, person.email)


@register.simple_tag
def message_to(people, cohort_pk, reader):
    """A link that begins a message to ``people``: enrolments of one cohort, or rows of its table.

    Nothing for a ``reader`` who does not write there, and where nobody can be written to.
    """
    enrolments = [getattr(one, "enrolment", one) for one in people]
    keys = [one.pk for one in enrolments if one.status in REACHABLE]
    writes = any(kind in WRITERS and here in (None, cohort_pk) for kind, here in reader.roles_held)
    if not (keys and writes):
        return ""
    href = f"{reverse('messages:write', args=[cohort_pk])}?{urlencode({'wie': keys}, doseq=True)}"
    said = ngettext("Stuur een bericht", "Stuur deze %d mensen een bericht", len(keys))
    return format_html(MORE, href, said % len(keys) if len(keys) > 1 else said)


@register.filter
def criterion_label(key):
    """The word for a criterion, as ``progress.lines`` has it."""
    return CriterionKey(key).label


@register.simple_tag
def badge(text, tone=""):
    """``tone``: "" someone else acts, "yellow" you, "lime" behaald, "purple" ingediend."""
    shade = f" ams-badge--{tone}" if tone else ""
    return format_html('<span class="ams-badge{}">{}</span>', shade, text)


@register.simple_tag
def turn_of(row):
    """The badge of a row of the table of people: who acts next, or why nobody does."""
    return badge(*row.badge)


@register.simple_tag
def status(state, label=""):
    """The badge of the state of an hour entry, plan, choice, enrolment or certificate.

    ``label`` is its own word, if it has one.
    """
    return badge(capfirst(label or status_word(state)), STATUS_TONES.get(state, ""))


def _facts(line):
    """What the cell of a line shows, in the order of CELL; no figures where none are shown."""
    exempt = bool(line["exempted"] or line["lowered_by"])
    shown = line["key"], line["unit"], mark_state(line), exempt
    if line["unit"] == "item":
        return *shown, 0, 0, 0
    submitted = line["submitted"] if line["unit"] == "minutes" else 0
    return *shown, line["achieved"], line["required"], submitted
