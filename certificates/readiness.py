"""Who can get a certificate now, who cannot yet and why."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from certificates.models import Certificate
from certificates.offices import handled_by, issuable_by
from participants import progress
from participants.accounts.names import folded
from participants.enrolments.namesakes import repeated
from participants.models import Enrolment
from participants.paper import names

TAKES_PART = (Enrolment.Status.ACTIVE, Enrolment.Status.COMPLETED)


def candidates():
    """Who takes part or took part to the end, and so can have a certificate."""
    return Enrolment.objects.filter(status__in=TAKES_PART)


def ready_enrolments():
    """Those who met every criterion and hold no valid certificate."""
    valid = Certificate.objects.valid().filter(enrolment=OuterRef("pk"))
    return progress.met(candidates().exclude(Exists(valid)))


@dataclass(frozen=True)
class Candidate:
    """One person as a coordinator sees them before issuing."""

    enrolment: Enrolment
    certificate: Certificate | None
    missing: list  # lines of progress that are not met
    was_revoked: bool = False  # an earlier certificate: nobody gets the next one unasked
    is_for_another: bool = False  # who looks was the only one who assessed

    @property
    def name(self):
        """As it would be printed."""
        return names.clean(self.enrolment.printed_name)

    @property
    def name_key(self):
        """By which namesakes are known: the name on the certificate that is or would be there."""
        return folded(self.certificate.name if self.certificate else self.name)

    @property
    def email(self):
        return self.enrolment.participant.email

    @property
    def refusal(self):
        """The sentence that says why this name cannot be printed; None when it can."""
        return names.refusal(self.enrolment.printed_name)

    @property
    def can_be_made(self):
        """By who looks, as far as the name and the hands go; being ready is another matter."""
        return not self.refusal and not self.is_for_another

    @property
    def is_confirmed(self):
        return self.enrolment.name_confirmed_at is not None


@dataclass(frozen=True)
class Preview:
    """A cohort on the eve of issuing: everybody stands in one of the three lists."""

    ready: list  # with those whose earlier certificate was revoked: see ``unasked``
    not_ready: list
    issued: list
    namesakes: frozenset  # the ``name_key`` that several of them have

    @property
    def unasked(self):
        """Who is ready and may be in a batch; who was revoked is chosen by hand, or not."""
        return [
            candidate
            for candidate in self.ready
            if not candidate.was_revoked and not candidate.is_for_another
        ]

    @property
    def unprintable(self):
        return [candidate for candidate in self.ready if candidate.refusal]

    @property
    def can_be_made(self):
        """Whether who looks can make one now."""
        return any(candidate.can_be_made for candidate in self.ready)

    @property
    def nobody_ready(self):
        """The sentence for when nobody is ready without a certificate."""
        if self.not_ready:
            return _("Nu is er niemand klaar. Hieronder staat wie er nog bezig is en met wat.")
        if self.issued:
            return _("Iedereen van deze lichting heeft een certificaat. Gefeliciteerd!")
        return _("In deze lichting doet nog niemand mee. Zodra iemand klaar is, zie je dat hier.")

    @property
    def without_certificate(self):
        """Ready or not, by name."""
        return sorted([*self.ready, *self.not_ready], key=by_name)

    def chosen(self, enrolments):
        """Those of ``enrolments`` who are ready, with a name that can be printed."""
        keys = {enrolment.pk for enrolment in enrolments}
        return [one for one in self.ready if one.enrolment.pk in keys and one.can_be_made]

    @property
    def unconfirmed(self):
        return [candidate for candidate in self.ready if not candidate.is_confirmed]


def by_name(candidate):
    return candidate.name_key, candidate.enrolment.pk


def preview(cohort, *, by):
    """Those in ``cohort`` that are ``by``'s work, as a Preview, by name; three queries."""
    enrolments = candidates().filter(cohort=cohort, pk__in=handled_by(by).values("pk"))
    issuable = set(issuable_by(by).filter(cohort=cohort).values_list("pk", flat=True))
    rows = progress.of(enrolments).select_related("participant")
    made = list(Certificate.objects.valid_or_revoked().light().filter(enrolment__in=enrolments))
    by_enrolment = {one.enrolment_id: one for one in made if one.is_valid}
    revoked = {one.enrolment_id for one in made if not one.is_valid}
    everyone = [
        Candidate(
            enrolment=enrolment,
            was_revoked=enrolment.pk in revoked,
            is_for_another=enrolment.pk not in issuable,
            certificate=by_enrolment.get(enrolment.pk),
            missing=[line for line in progress.lines(enrolment) if not line["met"]],
        )
        for enrolment in rows
    ]
    everyone.sort(key=by_name)
    return Preview(
        ready=[c for c in everyone if c.enrolment.criteria_met and not c.certificate],
        not_ready=[c for c in everyone if not c.enrolment.criteria_met and not c.certificate],
        issued=[c for c in everyone if c.certificate],
        namesakes=repeated(candidate.name_key for candidate in everyone),
    )
