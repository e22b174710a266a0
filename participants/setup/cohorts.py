"""A cohort from nothing, its name and days, and one that never began: put away, taken back.

Nothing is removed. What can be put away has nobody in it and was never held.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.accounts import phones
from participants.accounts.models import Role
from participants.enrolments.models import Enrolment
from participants.events.actions import decided
from participants.sessions.models import Attendance
from participants.setup import copying
from participants.setup.tracks import refuse_archived
from participants.tracks.models import Cohort
from participants.tracks.programme import SETTERS


@transaction.atomic
def make(track, *, by, name, starts_on, ends_on):
    """A cohort of ``track`` with its norms of today pinned on it.

    Raises PermissionDenied unless ``by`` coordinates the whole organisation, and ValidationError:
    ``track_archived``, or for a name that is taken or dates that cannot be.
    """
    copying.refuse_starting(by)
    refuse_archived(track)
    facts = {"name": name, "starts_on": starts_on, "ends_on": ends_on}
    cohort = Cohort(track=track, **facts, **track.norms())
    cohort.full_clean()
    cohort.save()
    decided("cohort_made", cohort, by=by)
    return cohort


# What is set here; norms, applications and the team have pages of their own.
FACTS = ("name", "starts_on", "ends_on", "contact_name", "contact_phone", "contact_when")


@transaction.atomic
def change(cohort, *, by, **facts):
    """Other ``facts`` (of FACTS) of ``cohort``.

    Raises PermissionDenied unless ``by`` coordinates it or administers it, and ValidationError:
    ``has_begun`` for another first day of one that is under way, or for what cannot be.
    """
    locked = _locked(cohort, by, *SETTERS)
    if "contact_phone" in facts:
        facts["contact_phone"] = phones.cleaned(facts["contact_phone"])
    if all(getattr(locked, name) == fact for name, fact in facts.items()):
        return locked
    if facts.get("starts_on", locked.starts_on) != locked.starts_on:
        _refuse_begun(locked)
    for name, fact in facts.items():
        setattr(locked, name, fact)
    locked.full_clean()
    locked.save(update_fields=list(facts))
    decided("cohort_changed", locked, by=by)
    return locked


@transaction.atomic
def archive(cohort, *, by):
    """No list shows it any more.

    Raises PermissionDenied unless ``by`` coordinates it, and ValidationError: ``already_archived``,
    ``has_people`` (applicants too), ``was_held`` when of a meeting presence was written down.
    """
    locked = _locked(cohort, by)
    if not locked.is_active:
        raise ValidationError(_("Deze lichting was al weggelegd."), code="already_archived")
    if locked.enrolments.exclude(status=Enrolment.Status.DECLINED).exists():
        raise ValidationError(
            _("Er staan mensen in deze lichting. Alleen een lege lichting leg je weg."),
            code="has_people",
        )
    if was_held(locked):
        raise ValidationError(
            _("Deze lichting is al begonnen: van een bijeenkomst staat de aanwezigheid vast."),
            code="was_held",
        )
    return _in_use(locked, False, "cohort_archived", by)


@transaction.atomic
def restore(cohort, *, by):
    """It is there again, with all that it had.

    Raises PermissionDenied, and ValidationError: ``in_use``, or when another cohort of the track
    has its name by now.
    """
    locked = _locked(cohort, by)
    if locked.is_active:
        raise ValidationError(_("Deze lichting is al in gebruik."), code="in_use")
    return _in_use(locked, True, "cohort_restored", by)


def archived_of(user):
    """The cohorts that ``user`` could take back, latest first."""
    mine = Cohort.objects.under(user, Role.Kind.COORDINATOR).put_away()
    return mine.select_related("track").order_by("-starts_on", "name")


def can_be_archived(cohorts):
    """Those of ``cohorts`` with nobody in them, of which nothing was held."""
    people = Enrolment.objects.exclude(status=Enrolment.Status.DECLINED)
    meetings = Cohort.sessions.through.objects.filter(cohort=OuterRef("pk"))
    held = meetings.filter(_held("session__"))
    return cohorts.exclude(Exists(people.filter(cohort=OuterRef("pk")))).exclude(Exists(held))


def was_held(cohort):
    """Whether of one of its meetings presence was written down."""
    return cohort.sessions.filter(_held()).exists()


def _held(path=""):
    here = Attendance.objects.filter(session=OuterRef(f"{path}pk"))
    return Q(**{f"{path}closed_at__isnull": False}) | Exists(here)


def _locked(cohort, by, *kinds):
    """The row as it is now, held; for who has one of the roles there (default: coordinator)."""
    locked = Cohort.objects.select_for_update(of=("self",)).select_related("track")
    locked = locked.get(pk=cohort.pk)
    kinds = kinds or (Role.Kind.COORDINATOR,)
    if not Cohort.objects.under(by, *kinds).filter(pk=locked.pk).exists():
        raise PermissionDenied
    return locked


def _refuse_begun(cohort):
    if cohort.starts_on <= timezone.localdate():
        raise ValidationError(
            {
                "starts_on": ValidationError(
                    _("Deze lichting is al begonnen. De eerste dag blijft zoals hij is."),
                    code="has_begun",
                )
            }
        )


def _in_use(cohort, in_use, act, by):
    cohort.is_active = in_use
    cohort.full_clean()
    cohort.save(update_fields=["is_active"])
    decided(act, cohort, by=by)
    return cohort
