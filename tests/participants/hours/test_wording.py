import pytest

from participants.hours.wording import as_figure, in_words


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (71 * 60, "71 uur"),
        (1950, "32,5 uur"),
        (1965, "32,75 uur"),
        (1949, "32 uur en 29 minuten"),
        (61, "1 uur en 1 minuut"),
        (45, "0,75 uur"),
        (7, "7 minuten"),
        (0, "0 uur"),
        (10015 * 60 + 15, "10015,25 uur"),
    ],
)
def test_hours_are_worded_to_the_minute(minutes, text):
    assert in_words(minutes) == text


@pytest.mark.parametrize(
    ("minutes", "figure"),
    [(3600, "60"), (3599, "59 u 59"), (270, "4,5"), (50, "50 min"), (0, "0"), (-90, "-1,5")],
)
def test_a_figure_never_rounds_up(minutes, figure):
    assert as_figure(minutes) == figure
