"""The list at the handing out: a line to sign for each certificate.

Who is not ready stands only on the coordinator's own list, never on the one on the table.
"""

from io import BytesIO

from django.utils.translation import gettext as _

from leerlijn.templatetags.figures import who_acts
from participants.paper.archival import Document
from participants.paper.attendance_list import Sheets
from participants.paper.flow import WIDTH, Column
from participants.paper.wording import long_date

PEOPLE = (
    Column("Naam", 205),
    Column("Nummer", 90),
    Column("Handtekening, of: opgehaald door", WIDTH - 295),
)
NOT_READY = (Column("Naam", 145), Column("Wat nog nodig is", WIDTH - 145))
HOW = "Zet je handtekening als je je certificaat krijgt. Klopt je naam niet? Zeg het meteen."
KEEP = "Deze lijst is alleen voor jou als coördinator. Leg hem niet op tafel."


def handing_list_pdf(cohort, certificates, candidates):
    """PDF bytes: ``certificates`` in this order; then ``candidates`` without one, and why."""
    paper = BytesIO()
    title = f"Uitreiklijst {cohort.name}"
    told = {"title": title, "author": cohort.track.provider, "subject": cohort.track.name}
    with Document(paper, **told) as document:
        sheets = Sheets(document, title)
        days = sorted({certificate.award_date.isoformat() for certificate in certificates})
        sheets.title(title, ", ".join(map(long_date, days)))
        sheets.paragraph(KEEP if candidates else HOW)
        sheets.table(PEOPLE, [(each.name, each.number, "") for each in certificates])
        if candidates:
            sheets.heading("Zonder certificaat")
            sheets.table(NOT_READY, [(each.name, why_not(each)) for each in candidates])
        sheets.close()
    return paper.getvalue()


def why_not(candidate):
    """The sentences that say what is missing, and who acts next."""
    if candidate.refusal:
        return candidate.refusal
    if not candidate.missing:
        return _("Klaar. Het certificaat is nog niet gemaakt.")
    return " ".join(map(missing, candidate.missing))


def missing(line):
    acts = who_acts(line)
    told = f"{line['label']}: {line['explanation']}"
    return _("%(told)s Nu: %(acts)s.") % {"told": told, "acts": acts} if acts else told
