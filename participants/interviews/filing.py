"""What a participant puts in the interview file, and takes out of it again."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from participants.enrolments.models import Enrolment
from participants.events.actions import decided
from participants.files.cutting import page_count
from participants.interviews.evidence import EvidenceItem
from participants.interviews.models import FinalInterview
from participants.plans.goal import LearningGoal
from participants.plans.models import PlanVersion
from participants.tracks.models import InterviewCriterion

LONGEST = 5_000


@transaction.atomic
def file_goal(enrolment, goal, *, by, criterion=None):
    """Let the assessors read this goal of one's own POP; returns the EvidenceItem.

    Raises PermissionDenied for everybody but the participant, and ValidationError with code
    ``talk_is_final``, ``unknown_goal``, ``unknown_criterion`` or ``already_in_the_file``.
    """
    enrolment = _own(enrolment, by)
    if not goals_of(enrolment).filter(pk=goal.pk).exists():
        raise _unknown_goal()
    [item] = _filed(enrolment, [{"goal": goal}], criterion, by)
    return item


@transaction.atomic
def file_pages(enrolment, version, pages, *, by, criterion=None):
    """Let the assessors read these pages of an uploaded POP; returns the EvidenceItems.

    Of a file that is no PDF there are no pages: then ``pages`` is empty and it is the whole
    file. Raises as ``file_goal`` does, and ``unknown_version`` or ``unknown_page``.
    """
    enrolment = _own(enrolment, by)
    found = uploads_of(enrolment).filter(pk=version.pk).select_related("file").first()
    if found is None:
        raise _unknown_version()
    count = page_count(found.file)
    if count is None and pages:
        raise ValidationError(_("Kies het hele bestand."), code="unknown_page")
    if count is not None and (not pages or set(pages) - set(range(1, count + 1))):
        raise ValidationError(
            _("Kies een of meer bladzijden, van 1 tot en met %(count)d."),
            code="unknown_page",
            params={"count": count},
        )
    places = sorted(set(pages)) if count else [None]
    rows = [{"version": found, "page": page} for page in places]
    return _filed(enrolment, rows, criterion, by)


@transaction.atomic
def file_text(enrolment, text, *, by, criterion=None):
    """A remark of one's own for the assessors; returns the EvidenceItem.

    Raises as ``file_goal`` does, and ``nothing_written`` or ``text_too_long``.
    """
    enrolment, text = _own(enrolment, by), text.strip()
    if not text:
        raise ValidationError(
            _("Schrijf op wat je wilt laten zien. Eén voorbeeld is genoeg."), code="nothing_written"
        )
    if len(text) > LONGEST:
        raise ValidationError(
            _("Deze tekst is te lang. Maak hem korter dan %(most)d tekens."),
            code="text_too_long",
            params={"most": LONGEST},
        )
    [item] = _filed(enrolment, [{"text": text}], criterion, by)
    return item


@transaction.atomic
def take_out(item, *, by):
    """The assessors no longer see it.

    Raises PermissionDenied for others, ValidationError ``talk_is_final`` once it was kept.
    """
    _lock(item.enrolment, by)
    mine = EvidenceItem.objects.owned_by(by).filter(pk=item.pk)
    if not mine.in_preparation().exists():
        raise _final()
    decided("evidence_removed", item, by=by)
    mine.in_preparation().delete()


def for_participant(enrolment, *, by):
    """Raises PermissionDenied for everybody but the participant of ``enrolment``."""
    if not Enrolment.objects.owned_by(by).filter(pk=enrolment.pk).exists():
        raise PermissionDenied


def goal_named(enrolment, key):
    """The goal with this key out of this POP; ValidationError ``unknown_goal`` without."""
    goal = goals_of(enrolment).filter(pk=key).first()
    if goal is None:
        raise _unknown_goal()
    return goal


def upload_named(enrolment, key):
    """The uploaded version with this key; ValidationError ``unknown_version`` without."""
    version = uploads_of(enrolment).filter(pk=key).first()
    if version is None:
        raise _unknown_version()
    return version


def keep_with(interview):
    """What is in the file stays with this talk, which becomes final; locked by the caller."""
    items = list(EvidenceItem.objects.of(interview).with_content())
    for item in items:
        item.interview = interview
        item.goal_as_was = item.goal.as_shared if item.goal else None
    EvidenceItem.objects.bulk_update(items, ["interview", "goal_as_was"])


def is_open(enrolment):
    """Whether the file of ``enrolment`` can change: no final talk was passed."""
    return not FinalInterview.objects.passed().filter(enrolment=enrolment).exists()


def goals_of(enrolment):
    return LearningGoal.objects.standing().filter(plan__enrolment=enrolment)


def uploads_of(enrolment):
    """The versions of the POP that came as a file, newest first."""
    versions = PlanVersion.objects.filter(plan__enrolment=enrolment, file__isnull=False)
    return versions.order_by("-number")


def criteria_of(enrolment):
    """What the coming talk asks: its own criteria, else those of the cohort."""
    coming = enrolment.interviews.unfinished().first()
    if coming is None:
        return enrolment.cohort.criteria
    place = coming.items.filter(criterion=OuterRef("pk")).values("position")[:1]
    asked = InterviewCriterion.objects.annotate(place=Subquery(place))
    return asked.filter(place__isnull=False).order_by("place", "pk")


def _lock(enrolment, by):
    locked = Enrolment.objects.select_for_update(of=("self",)).select_related("cohort__track")
    mine = locked.owned_by(by).filter(pk=enrolment.pk).first()
    if mine is None:
        raise PermissionDenied
    return mine


def _own(enrolment, by):
    enrolment = _lock(enrolment, by)
    if not is_open(enrolment):
        raise _final()
    return enrolment


def _filed(enrolment, rows, criterion, by):
    if criterion and not criteria_of(enrolment).filter(pk=criterion.pk).exists():
        raise ValidationError(
            _("Dit criterium hoort niet bij dit gesprek."), code="unknown_criterion"
        )
    try:
        with transaction.atomic():
            items = [
                EvidenceItem.objects.create(enrolment=enrolment, criterion=criterion, **row)
                for row in rows
            ]
    except IntegrityError as clash:
        raise ValidationError(
            _("Dit zit al in je map. Kies iets anders."), code="already_in_the_file"
        ) from clash
    decided("evidence_added", items, by=by)
    return items


def _unknown_goal():
    return ValidationError(_("Kies een leerdoel uit je eigen plan."), code="unknown_goal")


def _unknown_version():
    return ValidationError(_("Kies een bestand uit je eigen plan."), code="unknown_version")


def _final():
    return ValidationError(
        _("Dit hoort bij een gesprek dat klaar is. Het verandert niet meer."), code="talk_is_final"
    )
