"""A password that others know is refused: words of the house, and what leaked elsewhere."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ImproperlyConfigured, ValidationError

from leerlijn.passwords import Leaked


@pytest.fixture(autouse=True)
def of_an_organisation(settings):
    settings.SITE_URL = "https://opleiding.zonnewijzer.example"
    settings.DEFAULT_FROM_EMAIL = "De Wegwijzerij <post@zonnewijzer.example>"


@pytest.mark.parametrize(
    "password",
    ["Leerlijn2026!", "zonnewijzer-1", "WEGWIJZERIJ99", "Welkom-Leerlijn-7", "deelnemer123"],
)
def test_words_of_the_house_are_no_password(password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert "password_of_ours" in {fault.code for fault in refused.value.error_list}


@pytest.mark.parametrize("password", ["fiets-naar-leerlijn-op-dinsdag", "k3vXqT7L", "wegwijzers"])
def test_such_a_word_may_stand_in_a_sentence(password):
    validate_password(password)


@pytest.mark.parametrize("password", ["feyenoord1", "Ajax1234", "ikhouvanjou", "Sinterklaas "])
def test_what_leaked_elsewhere_is_no_password(password):
    """None of these is among the 20,000 that most people choose."""
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert [fault.code for fault in refused.value.error_list] == ["password_leaked"]


def test_a_common_one_that_leaked_too_is_refused_with_one_sentence():
    with pytest.raises(ValidationError) as refused:
        validate_password("password1")
    assert [fault.code for fault in refused.value.error_list] == ["password_too_common"]


@pytest.mark.parametrize("password", ["feyenoord1 en nog veel meer", "ikhou", "welkom\nwelkom"])
def test_only_a_whole_line_of_the_list_counts(password):
    Leaked().validate(password)


def test_without_the_list_no_password_is_judged(monkeypatch):
    monkeypatch.setattr(Leaked, "FILE", Leaked.FILE / "elsewhere")
    with pytest.raises(ImproperlyConfigured, match="make install"):
        Leaked()
