"""The colours of the paper are the colours of the pages: both read tokens.css."""

import re
from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from reportlab.lib.colors import HexColor

TOKENS = settings.BASE_DIR / "leerlijn/static/leerlijn/tokens.css"
NEEDED = ("ink", "soft", "line", "rule", "study", "work", "joy")


@cache
def palette():
    """The needed colours by name, as ReportLab takes them.

    Raises ImproperlyConfigured and names what is missing.
    """
    if not TOKENS.is_file():
        raise ImproperlyConfigured(f"The paper has no colours: {TOKENS} is not there.")
    found = dict(re.findall(r"--ll-([a-z-]+):\s*#([0-9a-fA-F]{6})\b", TOKENS.read_text("utf-8")))
    missing = [f"--ll-{name}" for name in NEEDED if name not in found]
    if missing:
        raise ImproperlyConfigured(
            f"{TOKENS.name} needs {', '.join(missing)} as #rrggbb, to draw on paper with."
        )
    return {name: HexColor(f"#{found[name]}") for name in NEEDED}


@cache
def parts(name):
    """The red, green and blue of a colour from 0 to 1, as the code of a page names them."""
    return " ".join(f"{part:.4f}" for part in palette()[name].rgb())
