"""A password that is hardly more than what everybody here knows is refused."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


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
