"""Rules of this house over what no rule of .semgrep/ reads: the templates."""

import re

from django.conf import settings


def test_templates_escape_what_people_wrote():
    """In mails alone there is nothing to escape: they are plain text. And hints are ours."""
    broken = [
        str(path.relative_to(settings.BASE_DIR))
        for path in (settings.BASE_DIR / "templates").rglob("*.*")
        if re.search(r"\|\s*safe\b|{%\s*autoescape off", path.read_text())
        and path.suffix != ".txt"
        and path.name != "hint_and_errors.html"
    ]
    assert broken == []
