"""Figures, dates and pictures: the pieces that pages are made of."""

import datetime as dt

import pytest
import time_machine

from leerlijn.templatetags import dates, figures
from leerlijn.templatetags.pictures import (
    hours_mini,
    hours_picture,
    mini_strokes,
    strand,
    strokes,
    weave,
)
from tests.pieces import draw, line

SUMMER_NIGHT = dt.datetime(2026, 7, 3, 22, 30, tzinfo=dt.UTC)  # 00.30 uur on 4 July
WINTER_NIGHT = dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC)  # 00.30 uur on 1 January


# Figures


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 uur"),
        (1, "1 minuut"),
        (30, "0,5 uur"),
        (50, "50 minuten"),
        (61, "1 uur en 1 minuut"),
        (75, "1,25 uur"),
        (80, "1 uur en 20 minuten"),
        (90, "1,5 uur"),
        (3570, "59,5 uur"),
        (3599, "59 uur en 59 minuten"),
        (3600, "60 uur"),
        (-90, "-1,5 uur"),
        (None, ""),
    ],
)
def test_hours_are_said_exactly(minutes, words):
    assert figures.hours(minutes) == words


@pytest.mark.parametrize(
    ("minutes", "figure"),
    [(0, "0"), (50, "50 min"), (270, "4,5"), (2040, "34"), (3599, "59 u 59"), (3605, "60 u 05")],
)
def test_a_short_figure_never_rounds_up_to_the_norm(minutes, figure):
    assert figures.hours_short(minutes) == figure


def test_no_two_amounts_of_minutes_read_the_same():
    assert len({figures.hours_short(minutes) for minutes in range(4000)}) == 4000


def test_a_mark_is_full_only_when_the_criterion_is_met():
    assert figures.mark_state(line(achieved=3599)) == "busy"
    assert figures.mark_state(line(achieved=0, met=True)) == "met"
    assert figures.mark_state(line(submitted=15)) == "busy"
    assert figures.mark_state(line()) == "open"
    assert figures.mark_state(line(unit="item", started=True)) == "busy"


def test_an_amount_names_both_figures_and_an_item_has_none():
    assert figures.amount(line(achieved=2040)) == "34 van de 60 uur"
    assert figures.amount(line(unit="meetings", achieved=7, required=9)) == "7 van de 9 keer"
    assert figures.amount(line(unit="item")) == ""


def test_who_acts_is_a_word_and_an_unknown_word_is_shown_as_it_came():
    assert figures.who_acts(line(waiting_on="coordinator")) == "Coördinator"
    assert figures.who_acts(line(waiting_on="Karim")) == "Karim"
    assert figures.who_acts(line(waiting_on=None)) == ""


# Dates


def test_a_moment_is_dated_in_amsterdam():
    assert dates.long_date(SUMMER_NIGHT) == "4 juli 2026"
    assert dates.long_date(WINTER_NIGHT) == "1 januari 2027"
    assert dates.clock(SUMMER_NIGHT) == dates.clock(WINTER_NIGHT) == "00.30 uur"


@time_machine.travel("2026-06-01")
def test_a_day_of_another_year_says_so():
    assert dates.short_date(dt.date(2026, 11, 4)) == "wo 4 nov"
    assert dates.short_date(dt.date(2024, 2, 29)) == "do 29 feb 2024"
    assert dates.day_date(dt.date(2026, 3, 9)) == "maandag 9 maart"


def test_a_period_without_an_end_goes_on():
    start, end = dt.date(2026, 11, 26), dt.date(2027, 7, 8)
    assert dates.period(start, end) == "26 november 2026 tot en met 8 juli 2027"
    assert dates.period(start, None) == "vanaf 26 november 2026"


@time_machine.travel("2026-07-04 08:00:00+02:00")
def test_waiting_is_counted_in_calendar_days():
    assert dates.days_waiting(SUMMER_NIGHT) == "Vandaag binnengekomen"
    assert dates.days_waiting(SUMMER_NIGHT - dt.timedelta(hours=1)) == "Wacht 1 dag"
    assert dates.days_waiting(dt.date(2026, 6, 25)) == "Wacht 9 dagen"


@pytest.mark.parametrize("name", ["long_date", "short_date", "day_date", "clock", "days_waiting"])
def test_nothing_is_said_about_a_day_that_is_not_there(name):
    assert getattr(dates, name)(None) == ""


# Pictures


@pytest.mark.parametrize("minutes", [3570, 3585, 3599])
def test_the_picture_of_hours_is_never_full_just_under_the_norm(minutes):
    full = strokes("study", 3600, 0, 3600)
    assert full.approved == full.end == 600
    assert strokes("study", minutes, 0, 3600).approved < full.approved - 5
    assert mini_strokes("study", minutes, 0, 3600).approved == 110  # of 120


def test_submitted_hours_are_drawn_after_the_approved_ones_and_in_step():
    drawn = strokes("work", 1890, 360, 3600)
    assert (drawn.approved, drawn.submitted, drawn.todo, drawn.end) == (312.5, 372.5, 380, 600)
    assert drawn.dash_offset == 2.5


def test_a_surplus_makes_the_picture_longer():
    assert strokes("study", 3840, 0, 3600).width == 635
    assert strokes("work", 4260, 0, 3600).width == 718


def test_the_small_picture_is_full_exactly_when_the_norm_is_met():
    assert mini_strokes("study", 3600, 0, 3600).approved == 120
    assert mini_strokes("work", 3480, 660, 3600).approved == 110
    lowered = mini_strokes("work", 3480, 0, 3480)  # a norm that an exemption lowered to 58 hours
    assert lowered.approved == lowered.end


@pytest.mark.parametrize("required", [0, 15, 3600])
def test_a_picture_can_be_drawn_of_nothing(required):
    assert "NaN" not in hours_picture("study", 0, 0, required) + hours_mini("work", 0, 0, required)


def test_the_large_picture_says_its_figures_and_the_small_one_leaves_that_to_the_text():
    large = hours_picture("work", 1890, 360, 3600)
    assert 'aria-label="Werk: 31,5 uur akkoord, 6 uur ingediend, 60 uur nodig"' in large
    assert 'aria-hidden="true"' in hours_mini("work", 1890, 360, 3600)


def test_numbers_in_a_picture_have_a_point_also_in_dutch():
    assert 'x2="312.5"' in draw('{% hours_picture "work" 1890 0 3600 %}')


def test_the_weave_has_a_line_for_four_hours_and_at_least_one():
    assert strand(16, -1).count("M") == 16
    assert weave(0, 0).count("M0 ") == 3
