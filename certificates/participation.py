"""Making the statement for who stopped. The facts come from the database, nothing is typed."""

import hashlib

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates import documents, facts
from certificates.letterheads.images import KEPT
from certificates.letterheads.models import Letterhead
from certificates.statements import ParticipationStatement
from participants import progress
from participants.enrolments.locking import lock
from participants.events.actions import decided
from participants.models import Enrolment
from participants.paper import names


def stopped_for(user):
    """Who may have a statement now, as far as it is ``user``'s: one's own, or one coordinates."""
    mine = Q(participant=user) | Q(pk__in=Enrolment.objects.coordinated_by(user).values("pk"))
    return Enrolment.objects.stopped().filter(mine)


@transaction.atomic
def make_statement(enrolment, *, by):
    """The statement of today; the one that is there when it would say the same.

    Made for oneself or by the coordinator. Raises PermissionDenied for anyone else, and
    ValidationError: ``not_stopped``, ``name_not_printable``.
    """
    locked = lock(enrolment)
    coordinated = Enrolment.objects.coordinated_by(by).filter(pk=locked.pk)
    if locked.participant_id != by.pk and not coordinated.exists():
        raise PermissionDenied
    if locked.status != Enrolment.Status.STOPPED:
        raise ValidationError(
            _("Een bewijs van deelname is voor wie gestopt is. Deze deelname is niet gestopt."),
            code="not_stopped",
        )
    told = facts_of(locked)
    if sentence := names.refusal(told["name"]):
        raise ValidationError(sentence, code="name_not_printable")
    pdf = documents.participation_pdf(told, images=KEPT)
    sha256 = hashlib.sha256(pdf).hexdigest()
    if same := ParticipationStatement.objects.filter(enrolment=locked, sha256=sha256).first():
        return same
    statement = ParticipationStatement.objects.create(
        enrolment=locked, facts=told, sha256=sha256, pdf=pdf, made_by=by
    )
    decided("participation_stated", statement, by=by)
    return statement


def facts_of(enrolment):
    """What ``certificates.documents.participation`` draws, as it is today."""
    rows = progress.of(Enrolment.objects.filter(pk=enrolment.pk))
    person = rows.select_related("participant", "cohort__track").get()
    line = {each["key"]: each for each in progress.lines(person)}
    cohort, track = person.cohort, person.cohort.track
    began = person.entries_from or person.starts_on  # earlier, for who came from another cohort
    found = facts.findings([person])
    there = [line[key] for key in ("lessons", "intervision") if line[key]["achieved"]]
    return {
        "name": names.clean(person.printed_name),
        "track": track.name,
        "cohort": cohort.name,
        "period_start": began.isoformat(),
        "period_end": person.ends_on.isoformat(),
        "date": timezone.localdate().isoformat(),
        "study_minutes": line["study"]["achieved"],
        "work_minutes": line["work"]["achieved"],
        "attendance": [{"label": each["label"], "achieved": each["achieved"]} for each in there],
        "trainings": found.trainings.get(person.pk, []),
        **facts.statement_paper_of(track, found.letterheads.get(track.pk) or Letterhead()),
    }
