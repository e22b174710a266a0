"""The first mail to a supervisor: who we are, and what the later ones are about."""

from django.utils.translation import gettext as _

from participants.enrolments.models import Enrolment
from participants.mailing import Letter, letter
from participants.placements import supervising
from participants.placements.models import Supervisor


@letter("supervisor_introduction")
def supervisor_introduction(supervisor_pk):
    """None when the address was changed meanwhile, or nobody is guided there any more."""
    supervisor = Supervisor.objects.reachable().filter(pk=supervisor_pk).first()
    if supervisor is None or not (placements := people_at(supervisor)):
        return None
    cohort = supervising.contact_cohort(supervisor)
    facts = {
        "supervisor": supervisor,
        "first_names": first_names(placements),
        "cohort": cohort,
        "track": cohort.track,
        "staff": supervisor.introduced_by,
    }
    subject = _("Kennismaken: werkuren bevestigen voor %s") % cohort.track.provider
    return Letter(supervisor.email, subject, "mail/supervisor_introduction.txt", facts)


def people_at(supervisor):
    """The placements at which ``supervisor`` guides somebody who takes part now."""
    placements = supervisor.placements.open().filter(enrolment__status=Enrolment.Status.ACTIVE)
    return list(placements.select_related("enrolment__participant"))


def first_names(placements):
    """ "Noor, Sam en Desi": each name once."""
    names = sorted({placement.enrolment.participant.first_name for placement in placements})
    return _(" en ").join(filter(None, [", ".join(names[:-1]), names[-1]]))
