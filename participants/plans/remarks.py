"""What is said about a plan: by staff, and always back by who wrote it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participants.events.actions import decided
from participants.plans import locks, refusals
from participants.plans.models import DevelopmentPlan, Feedback, PlanVersion
from participants.plans.sections import GOALS, OF_KIND

LONGEST_FEEDBACK = 4000
LAST_PAGE = 999  # of a file whose pages we cannot count


@transaction.atomic
def give_feedback(version, *, by, text, asks_for_more=False, page=None, section="", answers=None):
    """A remark on a shared version, by staff or by who owns the plan; only staff ask for more.

    It may hang on a ``page`` of a file or on a ``section`` of what was written, or be a reply to
    the remark ``answers``. Raises PermissionDenied for anyone else, and ValidationError with
    code ``not_shared``, ``unknown_page``, ``unknown_section``, ``unknown_remark``,
    ``text_missing``, ``text_too_long``; for a request ``is_complete``, ``changed`` (there is a
    newer version to read) or ``reply_asks``.
    """
    plan = locks.held(version.plan)
    _refuse_who_may_not_speak(plan, by, asks_for_more)
    if not PlanVersion.objects.shared().filter(pk=version.pk).exists():
        raise ValidationError(_("Deel deze versie eerst. Dan lezen anders mee."), code="not_shared")
    if asks_for_more:
        _refuse_late_request(plan, version)
    place = _place(version, page, section) if answers is None else _thread(version, answers)
    if answers and asks_for_more:
        raise ValidationError(
            _("Vraag om aanvulling in een nieuwe reactie, niet in een antwoord."), code="reply_asks"
        )
    said = Feedback.objects.create(
        author=by, text=_judged(text), asks_for_more=asks_for_more, **place
    )
    decided("plan_more_asked" if asks_for_more else "plan_remarked", version, by=by)
    return said


def _place(version, page, section):
    """Where the remark hangs, as far as that place exists."""
    if page is not None and not _has_page(version, page):
        raise ValidationError(
            _("Deze bladzijde is er niet. Kies een bladzijde van het bestand."), code="unknown_page"
        )
    if section and (page is not None or not _has_section(version, section)):
        raise ValidationError(_("Dit onderdeel is er niet."), code="unknown_section")
    return {"version": version, "page": page, "section": section}


def _has_page(version, page):
    return version.file_id is not None and 1 <= page <= (version.pages or LAST_PAGE)


def _has_section(version, section):
    if version.file_id:
        return section == GOALS and bool(version.goals)
    return section in OF_KIND[version.plan.kind]


def _thread(version, answers):
    """A reply hangs on the first remark of its thread, whichever of them it answers."""
    if answers.version.plan_id != version.plan_id:
        raise ValidationError(_("Deze reactie is er niet."), code="unknown_remark")
    first = answers.answers or answers
    return {"version": first.version, "answers": first}


def _refuse_who_may_not_speak(plan, by, asks_for_more):
    same = DevelopmentPlan.objects.filter(pk=plan.pk)
    if same.reviewable_by(by).exists():
        return
    if asks_for_more or not same.owned_by(by).exists():
        raise PermissionDenied


def _refuse_late_request(plan, version):
    if plan.is_complete:
        raise refusals.is_complete()
    if version.pk != plan.versions.shared().latest().pk:
        raise refusals.changed()


def _judged(text):
    text = text.strip()
    if not text:
        raise ValidationError(_("Schrijf op wat je wilt zeggen."), code="text_missing")
    if len(text) > LONGEST_FEEDBACK:
        raise ValidationError(
            _("Dit is te lang. Maak het korter dan %(most)d tekens."),
            code="text_too_long",
            params={"most": LONGEST_FEEDBACK},
        )
    return text
