"""The register of a cohort to take along: every certificate, also those that ended."""

from django.utils.translation import gettext_lazy as _

from certificates.exports import KIND
from certificates.filters import CertificateFilter
from certificates.models import Certificate
from certificates.offices import cohorts_of
from participants.exports.kinds import LABELS, Eyes, in_words, table, taken_along

LABELS[KIND] = _("Certificaten zelf")
HEADINGS = (
    *(_("Nummer"), _("Naam"), _("Stand"), _("Uitreiking"), _("Gemaakt op")),
    *(_("Geëindigd op"), _("Adres om te controleren"), _("SHA-256")),
)


@taken_along("register", _("Register van certificaten"), cohorts=cohorts_of)
def register(cohort, asked, by):
    """Newest first, as on the page."""
    rows = Certificate.objects.registered_for(by).filter(enrolment__cohort=cohort).light()
    chosen = CertificateFilter(asked, rows, request=Eyes(by))
    return table(HEADINGS, chosen.qs, cells, narrowed=in_words(chosen))


def cells(certificate):
    """The cells of one certificate, for ``HEADINGS``."""
    address = "" if certificate.buried_at else certificate.check_url
    return [
        *(certificate.number, certificate.name, certificate.state, certificate.award_date),
        *(certificate.issued_at, certificate.ended_at, address, certificate.sha256),
    ]
