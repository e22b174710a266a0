"""Where somebody stands, for pages of slices that lie under ``progress``."""

from django import template

from participants import progress
from participants.enrolments.models import Enrolment

register = template.Library()


@register.simple_tag
def standing(enrolment, *keys):
    """The lines of ``progress`` with these keys, in their order there; one query.

    So that a page never counts by a rule of its own.
    """
    found = progress.of(Enrolment.objects.filter(pk=enrolment.pk)).get()
    return [line for line in progress.lines(found) if line["key"] in keys]
