"""What was said about a plan, as conversations: a remark, where it hangs, and the replies."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from participants.plans.models import Feedback
from participants.plans.sections import OF_KIND


@dataclass
class Thread:
    """``place`` says where it hangs ("bij bladzijde 2"); "" when it is about the whole plan."""

    first: Feedback
    place: str
    replies: list = field(default_factory=list)
    form: object = None  # to answer with


def of(versions):
    """All that was said about ``versions`` (with their feedback), oldest first."""
    said = [one for version in versions for one in version.feedback.all()]
    said.sort(key=lambda one: (one.created_at, one.pk))
    found = {one.pk: Thread(one, place_of(one)) for one in said if one.answers_id is None}
    for one in said:
        if one.answers_id in found:
            found[one.answers_id].replies.append(one)
    return list(found.values())


def place_of(feedback):
    """Where ``feedback`` hangs, in words; its version comes with its plan."""
    if feedback.page:
        return _("bij bladzijde %d") % feedback.page
    if feedback.section:
        label = str(OF_KIND[feedback.version.plan.kind][feedback.section])
        return _("bij “%s”") % label.rstrip("?")
    return ""


def asks_for_more(version):
    """Whether staff asked for more about this version."""
    return any(feedback.asks_for_more for feedback in version.feedback.all())
