"""Writing the GOP with the group: one section at a time, so that two people rarely collide."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participants.plans import drafts, locks, refusals
from participants.plans.sections import OF_KIND, cleaned, nothing_written
from participants.plans.writing import begun


@transaction.atomic
def write_section(plan, section, text, *, by, based_on=None):
    """The next version of a GOP, in which one ``section`` says ``text`` and the rest stays.

    ``based_on`` is the number of the version that the writer had before them (0: none); what
    others changed in other sections since then is kept. Raises PermissionDenied for who is no
    member, and ValidationError with code ``personal_plan``, ``is_complete``, ``changed``
    (somebody else changed this section), ``nothing_changed``, ``nothing_written`` or a code of
    ``sections.cleaned``.
    """
    if not plan.is_group:
        raise ValidationError(_("Per onderdeel schrijf je het groepsplan."), code="personal_plan")
    new = cleaned(plan.kind, {section: text})
    locks.member(plan, by)
    plan = locks.held(plan if plan.pk else begun(plan))
    if plan.is_complete:
        raise refusals.is_complete()
    before = texts_at(plan)
    if before.get(section) == new.get(section):
        raise ValidationError(_("Dit onderdeel staat er al zo."), code="nothing_changed")
    if based_on is not None and before.get(section) != texts_at(plan, based_on).get(section):
        raise refusals.section_changed()
    sections = cleaned(plan.kind, {**before, section: text})
    if not sections:
        raise nothing_written()
    return drafts.freeze(plan, drafts.put(plan, by, sections=sections), by)


def texts_at(plan, number=None):
    """The sections as they were written last, up to the version with ``number``; {} for none.

    A file in between changes nothing in them: who writes goes on from the last text. What is no
    section any more stays in the versions of then.
    """
    written = plan.versions.written()
    if number is not None:
        written = written.filter(number__lte=number)
    found = written.latest()
    texts = found.sections if found else {}
    return {name: texts[name] for name in OF_KIND[plan.kind] if name in texts}


def who_wrote(plan, section, after):
    """The version after number ``after`` that last changed ``section``, with its author."""
    rows = plan.versions.written().select_related("author").order_by("number")
    text, found = texts_at(plan, after).get(section), None
    for version in rows.filter(number__gt=after):
        if version.sections.get(section) != text:
            text, found = version.sections.get(section), version
    return found
