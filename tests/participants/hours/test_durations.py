import json
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from rest_framework import serializers

from participants.hours.durations import as_typed, parse, spoken
from participants.hours.fields import DurationField, MinutesField

READ = {
    "1,5": 90,
    "1.5": 90,
    "1:30": 90,
    "01:30": 90,
    "1:30:00": 90,
    "1:30 uur": 90,
    "1u30": 90,
    "1 u 30": 90,
    "1u 30m": 90,
    "1 u. 30 min.": 90,
    "1h30": 90,
    "90 min": 90,
    "90m": 90,
    "90 minuten": 90,
    "90 min.": 90,
    "1 minuut": 1,
    "2 uur": 120,
    "2u": 120,
    "2": 120,
    "12": 720,
    "2 uur 15": 135,
    "2uur15": 135,
    "1 uur en 20 minuten": 80,
    "1 uur en een kwartier": 75,
    "1 uur en drie kwartier": 105,
    "½": 30,
    "1½": 90,
    "1 ½ uur": 90,
    "¼": 15,
    "2¾ uur": 165,
    "1/2": 30,
    "1 1/2 uur": 90,
    "anderhalf uur": 90,
    "anderhalfuur": 90,
    "half uur": 30,
    "een half uur": 30,
    "halfuurtje": 30,
    "Een Uur": 60,
    "één uur": 60,
    "twee uur": 120,
    "tweeënhalf uur": 150,
    "2 en een half uur": 150,
    "drie kwart uur": 45,
    "kwartier": 15,
    "een kwartier": 15,
    "kwartiertje": 15,
    "3 kwartier": 45,
    "driekwartier": 45,
    "  1,5  ": 90,
    "1,5\u00a0uur": 90,
    "１，５": 90,
    "１：３０": 90,
    ",5": 30,
    "0,25": 15,
    "2,0 uur": 120,
    "1,33": 80,
    "0,01": 1,
    "0,3333333333": 20,
    "16 uur": 960,
    "16:00": 960,
    "960 min": 960,
}

ZERO = ["0", "0:00", "0 min", "nul uur", "0,0", "0,001", "-1", "−1,5", "-1:30", "- 90 min"]
TOO_LONG = ["16:01", "17 uur", "961 min", "100,5", "9" * 39 + "u", "100000 min"]
UNREADABLE = [
    "",
    "   ",
    "een poosje",
    "uur",
    "en",
    "-",
    "1:5",
    "1:60",
    "1:300",
    "1,2,3",
    "1 2",
    "1e3",
    "1²",
    "٢ uur",
    "1 uur 75",
    "ongeveer 2 uur",
    "1,5 dagen",
    "1:30\x00",
    "NaN",
    "1" * 41,
    "<script>alert(1)</script>",
    "%s %(text)s",
]
ASKED = {"90": "90 min", "13": "13 min", "15": "15 min", "1.30": "1:30", "1,45 uur": "1:45"}


@pytest.mark.parametrize(("typed", "minutes"), READ.items())
def test_what_people_type_is_read_to_the_minute(typed, minutes):
    assert parse(typed) == minutes
    assert parse(typed.upper()) == minutes
    assert type(parse(typed)) is int


@pytest.mark.parametrize(
    ("refused", "code"),
    [
        *((text, "zero_duration") for text in ZERO),
        *((text, "too_long") for text in TOO_LONG),
        *((text, "unreadable_duration") for text in UNREADABLE),
    ],
)
def test_what_cannot_be_hours_is_refused_with_a_code(refused, code):
    with pytest.raises(ValidationError) as refusal:
        parse(refused)
    assert refusal.value.code == code


def test_the_refusal_quotes_what_was_typed_and_gives_examples():
    with pytest.raises(ValidationError) as refusal:
        parse("een poosje")
    assert refusal.value.message == (
        'We begrijpen "een poosje" niet. Schrijf bijvoorbeeld 1,5 of 1:30 of 90 min.'
    )


@pytest.mark.parametrize(("typed", "offered"), ASKED.items())
def test_what_can_be_two_things_is_asked_about_and_the_answer_is_readable(typed, offered):
    with pytest.raises(ValidationError) as refusal:
        parse(typed)
    assert refusal.value.code == "unreadable_duration"
    assert "?" in refusal.value.message
    assert offered in refusal.value.message
    assert parse(offered) <= 960


@pytest.mark.parametrize("number", [1, 90, 960, Decimal(90), Decimal("90.0"), 90.0])
def test_a_number_from_a_program_is_minutes(number):
    assert parse(number) == int(number)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (0, "zero_duration"),
        (-60, "zero_duration"),
        (961, "too_long"),
        (10**400, "too_long"),
        (1.5, "unreadable_duration"),
        (Decimal("79.8"), "unreadable_duration"),
        (True, "unreadable_duration"),
        (None, "unreadable_duration"),
        ([90], "unreadable_duration"),
        (Decimal("1e9999"), "too_long"),
        (Decimal("sNaN"), "unreadable_duration"),
        (float("inf"), "too_long"),
        (float("nan"), "unreadable_duration"),
    ],
)
def test_a_number_that_is_no_whole_number_of_minutes_in_a_day_is_refused(number, code):
    with pytest.raises(ValidationError) as refusal:
        parse(number)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "1 minuut"),
        (30, "30 minuten"),
        (60, "1 uur"),
        (61, "1 uur en 1 minuut"),
        (90, "1 uur en 30 minuten"),
        (960, "16 uur"),
    ],
)
def test_minutes_are_said_as_people_say_them(minutes, words):
    assert spoken(minutes) == words


def test_every_minute_of_a_day_survives_being_spoken_and_shown_again():
    for minutes in range(1, 961):
        assert parse(spoken(minutes)) == parse(as_typed(minutes)) == minutes


PIECES = st.sampled_from([*"0123456789:,.-½ um'", "uur", "en", "kwartier", "half", "een", "min"])


@given(st.text(max_size=60) | st.lists(PIECES, max_size=8).map("".join))
def test_any_text_gives_minutes_of_a_day_or_a_sentence(text):
    try:
        minutes = parse(text)
    except ValidationError as refusal:
        assert refusal.code in {"unreadable_duration", "zero_duration", "too_long"}
        assert refusal.message.endswith((".", "?", '".'))
    else:
        assert 1 <= minutes <= 960
        assert parse(spoken(minutes)) == minutes


@given(st.integers(1, 1600))
def test_hundredths_of_an_hour_are_rounded_half_up(hundredths):
    whole, rest = divmod(hundredths, 100)
    if rest in (15, 30, 45):
        return
    assert parse(f"{whole},{rest:02}") == max((hundredths * 60 + 50) // 100, 1)


class HoursForm(forms.Form):
    duration = DurationField()


class HoursSerializer(serializers.Serializer):
    minutes = MinutesField()


def test_the_form_field_cleans_to_minutes_and_keeps_what_was_typed_on_refusal():
    form = HoursForm({"duration": "anderhalf uur"})
    assert form.is_valid()
    assert form.cleaned_data == {"duration": 90}
    refused = HoursForm({"duration": "een poosje"})
    assert not refused.is_valid()
    assert 'value="een poosje"' in str(refused["duration"])


def test_the_form_field_shows_saved_minutes_and_sees_no_change_in_other_words():
    assert 'value="1:30"' in str(HoursForm(initial={"duration": 90})["duration"])
    assert not HoursForm({"duration": "1,5"}, initial={"duration": 90}).has_changed()
    assert HoursForm({"duration": "2"}, initial={"duration": 90}).has_changed()


def test_an_empty_form_field_asks_for_a_duration_by_example():
    for empty in ("", "  "):
        form = HoursForm({"duration": empty})
        assert not form.is_valid()
        assert "bijvoorbeeld 1,5 of 1:30 of 90 min" in form.errors["duration"][0]


@pytest.mark.parametrize("sent", ["90", '"1,5"', '"90 min"', "90.0"])
def test_the_api_takes_whole_minutes_or_text_and_answers_an_integer(sent):
    serializer = HoursSerializer(data={"minutes": json.loads(sent)})
    assert serializer.is_valid()
    assert serializer.validated_data["minutes"] == 90
    assert HoursSerializer({"minutes": 90}).data == {"minutes": 90}


@pytest.mark.parametrize("sent", ["1.5", '"90"', "true", "null", "{}", '"een poosje"', "0", "961"])
def test_the_api_refuses_the_rest_with_a_sentence(sent):
    serializer = HoursSerializer(data={"minutes": json.loads(sent)})
    assert not serializer.is_valid()
    assert str(serializer.errors["minutes"][0]).endswith((".", "?"))
