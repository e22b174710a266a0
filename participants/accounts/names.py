"""Names of people: as they are kept, and as they are sorted, compared and looked for."""

import unicodedata

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

LONGEST = 120
KEY_LONGEST = 240  # folded, "ß" is two letters
MOST_WORDS = 10
# What does not come apart into a letter of the keyboard and a mark; quotes as telephones type them.
PLAIN = str.maketrans(
    {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "ı": "i", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th"}
    | dict.fromkeys("‘’‛ʹʻʼʾʿ′`", "'")
    | dict.fromkeys("“”„", '"')
    | dict.fromkeys("‐‑‒–—−", "-")
)


def cleaned(name):
    """``name`` in NFC with single spaces.

    Raises ValidationError: ``no_name`` when nothing is left, ``hidden_character`` for control
    characters and those that turn the reading order, ``name_too_long``.
    """
    line = unicodedata.normalize("NFC", " ".join(str(name).split(" ")))
    hidden = [character for character in line if not _is_shown(character)]
    if hidden:
        raise ValidationError(
            _("De naam heeft een onzichtbaar teken (U+%s). Typ de naam opnieuw.")
            % f"{ord(hidden[0]):04X}",
            code="hidden_character",
        )
    line = " ".join(line.split())
    if not line:
        raise ValidationError(_("Vul de naam in."), code="no_name")
    if len(line) > LONGEST:
        raise ValidationError(
            _("Deze naam is langer dan %d tekens. Kort hem in.") % LONGEST, code="name_too_long"
        )
    return line


def folded(name):
    """``name`` without marks, capitals and curls, for ``User.name_key``; never empty for a name.

    So Łukasz stands among the L, and "ipek" finds İpek on any database.
    """
    apart = unicodedata.normalize("NFKD", str(name).replace("´", "'"))
    bare = "".join(one for one in apart if not _is_mark(one))
    key = " ".join(bare.casefold().translate(PLAIN).split())
    return (key or str(name).casefold())[:KEY_LONGEST]


def matching(text, person=""):
    """A Q: each word of ``text`` is part of the name, or of the e-mail address.

    ``person`` is the path to the User, as ``participant``; without it the rows are users. Only
    for rows of which the reader may know the address: it can be guessed here, letter by letter.
    """
    path = f"{person}__" if person else ""
    found = Q()
    for word in text.split()[:MOST_WORDS]:
        in_name = Q((f"{path}name_key__contains", folded(word)))
        found &= in_name | Q((f"{path}email__icontains", word))
    return found


def _is_mark(character):
    # Cf too: a soft hyphen that came along with what was pasted.
    return unicodedata.combining(character) or unicodedata.category(character) == "Cf"


def _is_shown(character):
    # Cc control, Cf also bidi overrides, Cs, Co, Cn; and the separators of lines and paragraphs.
    category = unicodedata.category(character)
    return category[0] != "C" and category not in ("Zl", "Zp")
