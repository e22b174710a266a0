"""The codes by which a certificate is checked; never guessed, and one of them read aloud."""

import secrets

# Read aloud on the telephone: no 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V.
HAND_ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
HAND_LENGTH = 12


def new_code():
    """An unguessable code for the check page: 160 bits (design.md, certificates)."""
    return secrets.token_urlsafe(20)


def new_hand_code():
    """Twelve characters without look-alikes; valid only together with the number."""
    return "".join(secrets.choice(HAND_ALPHABET) for _place in range(HAND_LENGTH))
