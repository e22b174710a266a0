"""What somebody attaches to hours: a photo or a paper of their own, or a slip that was signed."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.events.actions import decided
from participants.files import storing
from participants.files.models import StoredFile
from participants.hours import locks
from participants.hours.models import HourEntry

MOST_PROOFS = 5  # of the owner, to one entry


class HourProofQuerySet(models.QuerySet):
    def of_owner(self):
        return self.filter(kind=HourProof.Kind.PROOF)

    def slips(self):
        return self.filter(kind=HourProof.Kind.SLIP)

    def visible_to(self, user):
        """Who sees the hours sees what is attached to them."""
        return self.filter(entry__in=HourEntry.objects.visible_to(user))

    def removable_by(self, user):
        """One's own, as long as the hours may still be changed; never a signed slip."""
        own = HourEntry.objects.owned_by(user).editable()
        return self.of_owner().filter(entry__in=own)


class HourProof(models.Model):
    """One file that goes with one entry. A slip may go with several, as one file."""

    class Kind(models.TextChoices):
        PROOF = "proof", gettext_lazy("bewijs")
        SLIP = "slip", gettext_lazy("getekend papier")

    entry = models.ForeignKey(HourEntry, models.CASCADE, related_name="proofs")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="hour_proofs")
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.PROOF)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = HourProofQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("bewijs bij uren")
        verbose_name_plural = gettext_lazy("bewijs bij uren")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "file"], name="a_file_hangs_once_on_an_entry"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["proof", "slip"]), name="proof_is_own_or_a_slip"
            ),
        ]

    def __str__(self):
        return str(self.file)

    @property
    def enrolment_id(self):
        """For the row of a decision."""
        return self.entry.enrolment_id


@transaction.atomic
def attach(entry, received, *, by):
    """Hang a judged file (``storing.received``) on hours of one's own that may change; the proof.

    Raises PermissionDenied on hours of others, ValidationError ``not_editable``,
    ``too_many_proofs`` or ``quota``.
    """
    entry = locks.own(entry, by)
    _may_change(entry)
    if entry.proofs.of_owner().count() >= MOST_PROOFS:
        raise ValidationError(
            _("Er staan al %d bestanden bij deze uren. Haal er eerst een weg.") % MOST_PROOFS,
            code="too_many_proofs",
        )
    proof = HourProof.objects.create(entry=entry, file=received.keep(by=by), added_by=by)
    _looks_different(entry)
    return proof


@transaction.atomic
def detach(proof, *, by):
    """Take away what one attached oneself, and its file.

    Raises PermissionDenied on what is not one's own, ValidationError ``not_editable``.
    """
    entry = locks.own(proof.entry, by)
    if not HourProof.objects.of_owner().filter(pk=proof.pk, entry=entry).exists():
        raise PermissionDenied
    _may_change(entry)
    proof.delete()
    storing.remove(proof.file)
    _looks_different(entry)


@transaction.atomic
def attach_slip(entries, received, *, by):
    """Hang one signed paper, as a file of the participant, on hours that are held; its proofs.

    For the actions of staff, which have asked whether ``by`` may.
    """
    participant = entries[0].enrolment.participant
    file = received.keep(by=participant)
    proofs = HourProof.objects.bulk_create(
        HourProof(entry=entry, file=file, kind=HourProof.Kind.SLIP, added_by=by)
        for entry in entries
    )
    decided("hours_slip_added", proofs, by=by)
    return proofs


def _may_change(entry):
    if not entry.is_editable:
        raise ValidationError(
            _("Deze uren zijn al akkoord of ingetrokken. Hier hoeft niets meer bij."),
            code="not_editable",
        )


def _looks_different(entry):
    """A reviewer who had the page open looks again."""
    HourEntry.objects.filter(pk=entry.pk).update(changed_at=timezone.now())
