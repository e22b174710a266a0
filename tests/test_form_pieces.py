"""How forms are drawn and what they say, and the small partials beside them."""

import datetime as dt
import re

import pytest
from django import forms
from django.template.loader import render_to_string

from leerlijn.templatetags.forms import error_links, things_left
from tests.pieces import draw, line

# Forms


class Hours(forms.Form):
    kind = forms.ChoiceField(
        label="Wat voor uren?", choices=[("work", "Werk")], widget=forms.RadioSelect
    )
    worked_on = forms.DateField(label="Welke dag?")
    what = forms.CharField(label="Wat deed je?", help_text="Een paar woorden is genoeg.")
    note = forms.CharField(label="Notitie", required=False)
    sure = forms.BooleanField(label="Klopt het?", required=False)


def test_every_error_links_to_a_control_that_is_there():
    form = Hours({})
    page = draw('{% include "partials/form.html" with form=form only %}', form=form)
    links = re.findall(r'href="#([^"]+)"', page)
    assert links == ["id_kind_0", "id_worked_on", "id_what"]
    assert all(f'id="{link}"' in page for link in links)


def test_the_error_summary_counts_what_is_left():
    assert things_left(error_links(Hours({}))) == "Nog 3 dingen, dan staat het"
    nearly = Hours({"kind": "work", "worked_on": "2026-11-04"})
    assert things_left(error_links(nearly)) == "Nog 1 ding, dan staat het"


def test_the_title_says_first_that_a_form_is_not_done():
    page = render_to_string("confirm.html", {"title": "Trek in?", "form": Hours({})})
    assert "<title>Nog niet klaar: Trek in? - Leerlijn</title>" in page
    assert "<title>Trek in? - Leerlijn</title>" in render_to_string(
        "confirm.html", {"title": "Trek in?"}
    )


def test_the_error_summary_takes_focus_and_is_absent_without_errors():
    source = '{% include "partials/error_summary.html" with form=form only %}'
    assert re.search(r'tabindex="-1"\s+autofocus', draw(source, form=Hours({})))
    assert draw(source, form=Hours()).strip() == ""


def test_what_is_wrong_with_the_whole_form_stands_in_the_summary_without_a_link():
    form = Hours({"kind": "work", "worked_on": "2026-11-04", "what": "Gelezen"})
    form.add_error(None, "Op deze dag staan al 16 uren.")
    assert error_links(form) == [("", "Op deze dag staan al 16 uren.")]


def test_a_summary_can_be_of_several_forms():
    forms_of_one_page = [Hours({}, prefix="a"), Hours({}, prefix="b")]
    assert ("id_b-what", "Vul iets in bij “Wat deed je”.") in error_links(forms_of_one_page)


def test_hint_and_error_are_tied_to_their_control():
    page = draw("{{ form.what.as_field_group }}", form=Hours({}))
    assert 'aria-describedby="id_what_helptext id_what_error"' in page
    assert 'id="id_what_helptext"' in page and 'id="id_what_error"' in page
    assert 'aria-invalid="true"' in page


def test_what_may_be_left_out_says_so_but_a_tick_does_not():
    page = draw("{{ form }}", form=Hours())
    assert page.count("(niet verplicht)") == 1


def test_an_empty_form_shows_no_control_as_invalid():
    page = draw("{{ form }}", form=Hours())
    assert " required" not in page and "aria-invalid" not in page


def test_a_day_is_asked_with_the_calendar_of_the_browser():
    form = Hours(initial={"worked_on": dt.date(2026, 11, 4)})
    assert 'type="date" name="worked_on" value="2026-11-04"' in str(form["worked_on"])


def test_a_sentence_of_the_form_itself_is_kept():
    class Reason(forms.Form):
        reason = forms.CharField(error_messages={"required": "Schrijf op wat er anders moet."})

    assert Reason({}).errors["reason"] == ["Schrijf op wat er anders moet."]


@pytest.mark.parametrize(
    "field", [forms.DateField, forms.TimeField, forms.FileField, forms.EmailField, forms.CharField]
)
def test_an_empty_field_is_answered_with_what_to_do(field):
    class Form(forms.Form):
        it = field(label="Het")

    [sentence] = Form({}).errors["it"]
    assert "verplicht" not in sentence
    assert re.match(r"(Vul|Kies) .+\.$", sentence)


def test_what_was_typed_stays_and_is_escaped():
    page = draw("{{ form }}", form=Hours({"what": "<b>Gelezen</b>"}))
    assert "&lt;b&gt;Gelezen&lt;/b&gt;" in page and "<b>Gelezen" not in page


# Partials


def test_a_step_names_who_acts_and_only_the_reader_is_you():
    source = '{% include "partials/step.html" with line=line own=own only %}'
    assert ">Jij<" in draw(source, line=line(), own=True)
    assert ">Deelnemer<" in draw(source, line=line(), own=False)
    assert ">Behaald<" in draw(source, line=line(met=True, waiting_on=None), own=True)


def test_a_step_asks_nothing_of_who_stopped_or_pauses():
    source = '{% include "partials/step.html" with line=line own=own standing=standing only %}'
    assert "ams-badge" not in draw(source, line=line(), own=True, standing="stopped")
    assert ">Na je pauze<" in draw(source, line=line(), own=True, standing="paused")
    theirs = draw(source, line=line(), own=False, standing="paused")
    assert ">Na de pauze<" in " ".join(theirs.split())
    of_trainer = line(waiting_on="trainer")
    assert ">Trainer<" in draw(source, line=of_trainer, own=True, standing="paused")
    assert ">Jij<" in draw(source, line=line(), own=True, standing="active")


def test_four_answers_of_the_check_page_are_four_words_and_four_shapes():
    source = '{% include "partials/check_answer.html" with state=state only %}'
    pages = [draw(source, state=state) for state in ("valid", "replaced", "revoked", "unknown")]
    words = [re.search(r"<h1[^>]*>\s*(.*?)\s*</h1>", page)[1] for page in pages]
    shapes = {re.search(r'<path d="(.*?)"', page)[1] for page in pages}
    assert words == ["Geldig", "Vervangen", "Ingetrokken", "Niet gevonden"]
    assert len(shapes) == 4
