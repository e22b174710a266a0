"""What the rules for a password say when they refuse."""

import pytest
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError

from participants.models import User


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("x7Q2m9k", "Kies minstens 8 tekens."),
        ("password", "Dit wachtwoord kiezen veel mensen."),
        ("noorbakker", "Dit lijkt te veel op je naam of e-mailadres."),
    ],
)
def test_a_refused_password_says_in_plain_words_what_to_do(password, said):
    noor = User(name="Noor Bakker", email="noorbakker@leerlijn.example")
    with pytest.raises(ValidationError) as refused:
        validate_password(password, noor)
    assert any(sentence.startswith(said) for sentence in refused.value.messages)


def test_the_rules_for_a_password_speak_to_je():
    said = " ".join(password_validators_help_texts())
    assert "Minstens 8 tekens." in said
    assert not {"uw", "u"} & set(said.lower().split())
