"""What is drawn once and shown to everybody holds nothing of anybody; controls are Django's."""

import ast
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.test.html import parse_html
from django.utils.functional import lazystr
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from leerlijn import pieces
from leerlijn.templatetags.pieces import cell, criterion_cells, mark
from participants.models import Enrolment, User
from participants.overview.turns import Row
from tests.pieces import draw, line

HOSTILE = '"><script>alert(1)</script>'
TYPED = (HOSTILE, SafeString(HOSTILE), lazystr("Noor"), "Noor", None, 1.5, Decimal(1), ["met"])


def plain(kind):
    return {pieces.NUMBER: 60, pieces.TRUTH: True}.get(kind) or kind[0]


# Pieces


@pytest.mark.parametrize("drawn", pieces.PIECES, ids=lambda drawn: "-".join(drawn.kinds))
def test_a_piece_takes_and_keeps_nothing_that_somebody_typed(drawn):
    values = [plain(kind) for kind in drawn.kinds.values()]
    drawn(*values)
    known = drawn.cache_info().currsize
    for place, kind in enumerate(drawn.kinds.values()):
        strange = {pieces.NUMBER: (True, "60"), pieces.TRUTH: (1, "True")}.get(kind, (1, True))
        for value in (*TYPED, *strange):
            with pytest.raises((ValueError, TypeError)):
                drawn(*values[:place], value, *values[place + 1 :])
    assert drawn.cache_info().currsize == known


@pytest.mark.parametrize("drawn", pieces.PIECES, ids=lambda drawn: "-".join(drawn.kinds))
def test_a_piece_takes_three_megabytes_at_most(drawn):
    most = [10**12 if kind is pieces.NUMBER else plain(kind) for kind in drawn.kinds.values()]
    assert drawn.cache_info().maxsize * len(drawn(*most)) < 3_000_000


def test_a_piece_is_drawn_once_and_anew_when_a_template_changed():
    pieces.forget()
    assert mark("met") is mark("met")
    assert mark.cache_info().misses == 1
    pieces.forget()
    assert mark.cache_info().currsize == 0


def test_of_a_word_that_calls_itself_safe_the_word_of_the_piece_is_drawn():
    class Sly(str):
        def __str__(self):
            return HOSTILE

        def __html__(self):
            return HOSTILE

    assert HOSTILE not in mark(Sly("met"))


def test_only_pieces_and_threads_are_remembered():
    """A tag that remembers what it drew would do so for whatever it is given."""
    remembered = set()
    for path in Path("leerlijn/templatetags").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if any("cache" in ast.unparse(each) for each in getattr(node, "decorator_list", ())):
                remembered.add(node.name)
    assert remembered == {"strand"}


def test_a_cell_shows_its_figures_and_what_counts_without_them():
    shown = strip_tags(criterion_cells([line(achieved=2040, submitted=270, lowered_by=0)]))
    assert shown.split() == ["Bezig:", "34/60", "+4,5"]
    assert "vrijstelling" in criterion_cells([line(lowered_by=600)])
    assert "7/9" in criterion_cells([line(unit="meetings", achieved=7, required=9, lowered_by=0)])
    assert "nog niet" in criterion_cells([line(unit="item", lowered_by=0)])


def test_two_people_with_the_same_figures_share_one_cell():
    first, second = (line(achieved=60, lowered_by=0, label=name) for name in ("Noor", HOSTILE))
    criterion_cells([first])
    before = cell.cache_info().misses
    assert criterion_cells([first, second]) == 2 * criterion_cells([first])
    assert cell.cache_info().misses == before


@pytest.mark.parametrize(
    "source",
    ["{% badge text %}", "{% badge 'Klaar' text %}", "{% status text %}", "{% status 'x' text %}"],
)
def test_a_badge_escapes_what_it_is_given(source):
    assert "<script" not in draw(source, text=HOSTILE)
    assert "<script" not in draw(source, text=lazystr(HOSTILE))


def test_the_name_in_a_row_is_escaped_and_only_a_namesake_shows_the_address():
    person = User(pk=7, name=HOSTILE, name_key="noor", email="n@x.nl")
    row = Row(Enrolment(pk=5, participant=person), [], None, "", False)
    theirs, own = (draw("{% name_of row reader %}", row=row, reader=User(pk=pk)) for pk in (8, 7))
    assert 'href="/deelnames/5/"' in theirs
    assert 'href="/?deelname=5"' in own
    for shown in (theirs, own):
        assert "<script" not in shown
        assert person.email not in shown
    shared = replace(row, shared=frozenset(["noor"]))
    assert person.email in draw("{% name_of row reader %}", row=shared, reader=User(pk=8))


# Controls

CHOICES = [("", "Geen"), (HOSTILE, HOSTILE), ("Groep <i>", [("b", "B"), (3, "Drie")])]
ATTRS = {"id": "id_x", "class": "a b", "data-x": HOSTILE, "disabled": True, "required": False}


@pytest.mark.parametrize("value", [None, "", HOSTILE, "b", 3, "\n een regel"])
@pytest.mark.parametrize(
    "widget",
    [
        forms.TextInput(ATTRS),
        forms.HiddenInput(),
        forms.CheckboxInput(ATTRS),
        forms.DateInput(),
        forms.NumberInput({"min": 1}),
        forms.Textarea(ATTRS),
        forms.Select(ATTRS, CHOICES),
        forms.SelectMultiple(ATTRS, CHOICES),
        forms.NullBooleanSelect(),
    ],
    ids=lambda widget: type(widget).__name__,
)
def test_a_control_is_as_django_draws_it(widget, value):
    if isinstance(widget, forms.SelectMultiple):
        value = [value]
    ours = widget.render("x<", value, renderer=get_default_renderer())
    theirs = widget.render("x<", value, renderer=DjangoTemplates())
    assert parse_html(ours) == parse_html(theirs)
    assert "<script" not in ours
    assert isinstance(ours, SafeString)
