"""What goes with a whole cohort and hangs on nobody alone."""

from django.db import transaction
from django.db.models import ProtectedError

from participants.confirmations.models import ConfirmationLine
from participants.erasing import papers
from participants.hours.models import HourEntry
from participants.placements.models import Supervisor
from participants.plans.models import DevelopmentPlan, Endorsement, Feedback, PlanVersion
from participants.sessions.models import Session
from participants.sessions.proofs import SessionProof
from participants.trainings.models import TrainingChoice

GONE = "-"  # where something must be written


def forget_plan(cohort):
    """The plan of the group, with its files and what was said about it."""
    plans = DevelopmentPlan.objects.of_groups().filter(cohort=cohort)
    files = papers.of_plans(plans)
    about = Feedback.objects.filter(version__plan__in=plans)
    about.update(answers=None)
    about.delete()
    Endorsement.objects.filter(version__plan__in=plans).delete()
    plans.update(
        status=DevelopmentPlan.Status.DRAFT,
        completed_version=None,
        completed_at=None,
        completed_by=None,
    )
    PlanVersion.objects.filter(plan__in=plans).delete()
    plans.delete()
    papers.let_go(files)


def forget_words(enrolments):
    """Leave of the hours what an accountant asks: date, minutes, kind, place, and who agreed."""
    hours = HourEntry.objects.filter(enrolment__in=enrolments)
    hours.update(corrects=None)
    rest = hours.exclude(status=HourEntry.Status.APPROVED)
    ConfirmationLine.objects.filter(entry__in=rest).delete()
    rest.delete()
    hours.update(
        description="", private_note="", review_note="", return_reason="", training_choice=None
    )
    hours.exclude(written_note="").update(written_note=GONE)
    TrainingChoice.objects.filter(enrolment__in=enrolments).delete()


def forget_lists(cohort):
    """The signed lists of meetings of this cohort alone; of a shared one, with its last cohort."""
    # By now nobody of this cohort stands in a register; who does, is of another.
    sessions = Session.objects.filter(cohorts=cohort, attendances=None)
    proofs = SessionProof.objects.filter(session__in=sessions)
    files = set(proofs.values_list("file", flat=True))
    proofs.delete()
    papers.let_go(files)


def forget_supervisors():
    """Those at whose learning place nobody worked that we still know of."""
    for supervisor in Supervisor.objects.filter(placements=None, stopped_at__isnull=False):
        try:
            with transaction.atomic():
                supervisor.delete()
        except ProtectedError:
            continue  # hours that still count bear this name
