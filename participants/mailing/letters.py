"""Which kinds of mail there are, and what one looks like."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.mail import EmailMessage
from django.template.loader import render_to_string


@dataclass(frozen=True)
class Letter:
    """One mail to one person. Nothing personal in the subject (design.md, section 7)."""

    to: str
    subject: str
    template: str
    context: dict = field(default_factory=dict)
    attachments: tuple = ()  # of (file name, bytes, media type)

    def message(self):
        """The mail as Django sends it; the subject is one line, whatever it was made of."""
        body = render_to_string(self.template, self.context).strip() + "\n"
        subject = " ".join(self.subject.split())
        return EmailMessage(subject, body, to=[self.to], attachments=list(self.attachments))


KINDS: dict[str, Callable[..., Letter | None]] = {}


def letter(kind):
    """Registers a function from ids to a Letter; None when there is nothing to send any more."""

    def register(compose):
        if kind in KINDS:
            raise ValueError(f"two letters are called {kind}")
        KINDS[kind] = compose
        return compose

    return register
