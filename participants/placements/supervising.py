"""What can happen to a supervisor. Coordinators write down who it is; staff introduce us.

Mail goes to nobody before an introduction at that very address (domain: hours). Whoever stops may
name somebody else; that one hears of us only after a coordinator took the name over.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participants import mailing
from participants.accounts import phones
from participants.enrolments.models import Enrolment
from participants.events.actions import decided
from participants.placements.models import Placement, Supervisor


def lock(supervisor):
    """The row as it is now, held until the transaction ends. Enrolments are locked before it."""
    return Supervisor.objects.select_for_update(no_key=True).get(pk=supervisor.pk)


def found(enrolment, *, by, name, email="", phone=""):
    """Who reads mail at ``email``, else somebody new; to guide the person of ``enrolment``.

    Raises ValidationError: ``own_address`` when it is the participant's, ``supervisor_stopped``,
    ``no_phone``, and what the fields refuse.
    """
    if email and email.casefold() == enrolment.participant.email.casefold():
        raise ValidationError(
            _("Dit is het adres van de deelnemer zelf. Vul het adres van de begeleider in."),
            code="own_address",
        )
    if known := Supervisor.objects.at(email).first():
        if known.stopped_at:
            raise ValidationError(
                _("%s begeleidt niet meer. Kies iemand anders, of zet dat eerst terug.")
                % known.name,
                code="supervisor_stopped",
            )
        return known
    supervisor = Supervisor(name=name.strip(), email=email, phone=phones.cleaned(phone))
    _write(supervisor)
    decided("supervisor_added", supervisor, by=by)
    return supervisor


@transaction.atomic
def change(supervisor, *, by, name, email, phone):
    """Write down who it is. A new address is a new introduction, and older links are dead.

    Raises PermissionDenied unless ``by`` coordinates somebody there, and ValidationError
    (``own_address``, ``address_taken``, ``no_phone``).
    """
    _coordinated(supervisor, by)
    supervisor = lock(supervisor)
    own = Enrolment.objects.filter(placements__supervisor=supervisor)
    if email and own.filter(participant__email__iexact=email).exists():
        raise ValidationError(
            _("Dit is het adres van een deelnemer zelf. Vul het adres van de begeleider in."),
            code="own_address",
        )
    if email.casefold() != supervisor.email.casefold():
        supervisor.introduced_at = supervisor.introduced_by = None
        supervisor.browsers_forgotten += 1
    supervisor.name, supervisor.email = name.strip(), email
    supervisor.phone = phones.cleaned(phone)
    _write(supervisor)
    decided("supervisor_changed", supervisor, by=by)
    return supervisor


@transaction.atomic
def introduce(supervisor, *, by):
    """Mail who we are and what confirming means; from then on mail about hours may go.

    Raises PermissionDenied unless ``by`` is staff of somebody there, and ValidationError
    (``no_address``, ``supervisor_stopped``, ``already_introduced``, ``no_number_to_call``).
    """
    if not Supervisor.objects.visible_to(by).contains(supervisor):
        raise PermissionDenied
    supervisor = lock(supervisor)
    _can_be_introduced(supervisor)
    supervisor.introduced_at, supervisor.introduced_by = timezone.now(), by
    supervisor.save(update_fields=["introduced_at", "introduced_by"])
    mailing.post("supervisor_introduction", supervisor.pk)
    decided("supervisor_introduced", supervisor, by=by)
    return supervisor


def _can_be_introduced(supervisor):
    if not supervisor.email:
        raise ValidationError(_("Vul eerst het e-mailadres in."), code="no_address")
    if supervisor.stopped_at:
        raise ValidationError(_("%s begeleidt niet meer.") % supervisor.name, "supervisor_stopped")
    if supervisor.introduced_at:
        raise ValidationError(_("De introductie was al verstuurd."), code="already_introduced")
    cohort = contact_cohort(supervisor)
    if cohort is None or not cohort.contact_phone:
        raise ValidationError(
            _(
                "In de mail staat een telefoonnummer van jullie. "
                "Dat is er nog niet: een coördinator zet het bij de lichting, onder Inrichten."
            ),
            code="no_number_to_call",
        )


def contact_cohort(supervisor):
    """The cohort whose contact person a supervisor may call: of the newest placement there."""
    newest = supervisor.placements.select_related("enrolment__cohort__track")
    placement = newest.exclude(enrolment__cohort__contact_phone="").first() or newest.first()
    return placement and placement.enrolment.cohort


@transaction.atomic
def stop(supervisor, *, successor_name="", successor_email=""):
    """The supervisor says to guide nobody any more, and may say who does; True when that is news.

    Raises ValidationError (``successor_incomplete``) for half a successor, or an own address.
    """
    name, email = successor_name.strip(), successor_email.strip()
    if bool(name) != bool(email) or email.casefold() == supervisor.email.casefold() != "":
        raise ValidationError(
            _("Vul de naam en het e-mailadres van je opvolger in, of laat ze allebei leeg."),
            code="successor_incomplete",
        )
    supervisor = lock(supervisor)
    if supervisor.stopped_at:
        return False
    supervisor.stopped_at = timezone.now()
    supervisor.successor_name, supervisor.successor_email = name, email
    _write(supervisor)
    decided("supervisor_stopped", supervisor, by=None, reason=f"door begeleider {supervisor.pk}")
    return True


@transaction.atomic
def hand_over(supervisor, *, by):
    """The proposed successor guides the people that ``by`` coordinates there; the new Supervisor.

    Nothing is mailed: that waits for an introduction. Raises PermissionDenied unless ``by``
    coordinates somebody there, ValidationError ``no_successor``, and as ``found`` does.
    """
    _coordinated(supervisor, by)
    mine = Placement.objects.coordinated_by(by).open().filter(supervisor=supervisor)
    placements = list(mine.select_related("enrolment__participant").order_by("enrolment"))
    list(
        Enrolment.objects.filter(placements__in=placements)
        .order_by("pk")
        .select_for_update(no_key=True, of=("self",))
        .values_list("pk")
    )
    supervisor = lock(supervisor)
    if not supervisor.successor_email:
        raise ValidationError(_("Er is geen opvolger doorgegeven."), code="no_successor")
    new = supervisor
    for placement in placements:
        new = found(
            placement.enrolment,
            by=by,
            name=supervisor.successor_name,
            email=supervisor.successor_email,
        )
        Placement.objects.filter(pk=placement.pk).update(supervisor=new)
    if not supervisor.placements.open().exists():
        _forget_successor(supervisor)
    decided("supervisor_chosen", placements, by=by)
    return new


@transaction.atomic
def resume(supervisor, *, by):
    """Take back that this person stopped, and the successor with it.

    Raises PermissionDenied unless ``by`` coordinates somebody there.
    """
    _coordinated(supervisor, by)
    supervisor = lock(supervisor)
    supervisor.stopped_at = None
    _forget_successor(supervisor)
    decided("supervisor_resumed", supervisor, by=by)
    return supervisor


@transaction.atomic
def forget_browsers(supervisor, *, by):
    """Every browser that proved the code has to prove it again.

    Raises PermissionDenied unless ``by`` is staff of somebody there.
    """
    if not Supervisor.objects.visible_to(by).contains(supervisor):
        raise PermissionDenied
    supervisor = lock(supervisor)
    supervisor.browsers_forgotten += 1
    supervisor.save(update_fields=["browsers_forgotten"])
    decided("supervisor_browsers_forgotten", supervisor, by=by)
    return supervisor


def _forget_successor(supervisor):
    supervisor.successor_name = supervisor.successor_email = ""
    supervisor.save(update_fields=["stopped_at", "successor_name", "successor_email"])


def _coordinated(supervisor, by):
    if not Supervisor.objects.coordinated_by(by).contains(supervisor):
        raise PermissionDenied


def _write(supervisor):
    """Save; two people with one address is a sentence, also when they come at the same moment."""
    supervisor.full_clean(exclude=["introduced_by"])
    try:
        with transaction.atomic():
            supervisor.save()
    except IntegrityError as refusal:
        if "address" not in str(refusal):
            raise
        raise ValidationError(
            _("Dit adres hoort al bij een andere begeleider."), code="address_taken"
        ) from refusal
