"""Codes that people type over: from a mail, or from a card."""

import secrets

from django.utils.crypto import salted_hmac

# Read aloud or written by hand: no vowels (so no words), and nothing that looks alike.
ALPHABET = "BCDFGHJKLMNPQRSTVWXZ"
MAILED_LENGTH = 8


def mailed(nonce):
    """The code that belongs to ``nonce``, as "BCDF-GHJK"; only this site can work it out.

    So a letter that waits to be sent names the nonce, and no table has the code.
    """
    number = int(salted_hmac("participants.mailed-code", nonce, algorithm="sha256").hexdigest(), 16)
    letters = []
    for _place in range(MAILED_LENGTH):
        number, index = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[index])
    return grouped("".join(letters))


def new(length):
    """A random code of so many letters, in groups of four."""
    return grouped("".join(secrets.choice(ALPHABET) for _place in range(length)))


def grouped(letters):
    return "-".join(letters[place : place + 4] for place in range(0, len(letters), 4))


def typed(text):
    """``text`` as somebody typed it over, back to bare capitals."""
    return "".join(letter for letter in text.upper() if letter in ALPHABET)
