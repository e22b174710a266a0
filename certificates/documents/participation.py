"""The statement for who stops: what was completed, without ratings. It is no certificate.

The keys of ``facts``:

- name, track, cohort, provider, partners (may be empty), place
- period_start, period_end, date: ISO dates
- study_minutes, work_minutes: whole minutes
- attendance: {label, achieved}; trainings: titles
- signatory: {name, role, signature}; logo: as of a certificate
"""

from io import BytesIO

from certificates.documents import columns, front, wording
from certificates.documents.columns import Section
from certificates.documents.page import COLUMN, LEFT, RIGHT, Page
from participants.hours.wording import in_words
from participants.paper import fonts, names
from participants.paper.archival import NO_IMAGES, Document
from participants.paper.wording import long_date, period

GUTTER = 36
BOTTOM = 466
NO_CERTIFICATE = "Dit is een bewijs van deelname. Het is geen certificaat en geen diploma."


def participation_pdf(facts, *, images=NO_IMAGES):
    """One page as PDF bytes; raises ValueError when the name cannot be printed."""
    if refusal := names.refusal(facts["name"]):
        raise ValueError(refusal)
    paper = BytesIO()
    told = {"title": f"Bewijs van deelname: {facts['name']}", "subject": facts["track"]}
    with Document(paper, author=facts["provider"], images=images, **told) as document:
        page = Page(document)
        draw(page, facts)
        page.close()
    return paper.getvalue()


def draw(page, facts):
    hours = [wording.whole_hours(facts[f"{kind}_minutes"]) for kind in ("study", "work")]
    page.weave(*hours, centre=118, swing=62, band=46)
    front.provider(page, facts)
    page.text(LEFT - 2, 132, "Bewijs van deelname", fonts.LIGHT, 44, "study", kind="H1")
    top = participant(page, facts) + 26
    if sections := completed(facts):
        side_by_side(page, sections, top)
    signature(page, facts)
    page.text(LEFT, 573, NO_CERTIFICATE, size=9, colour="soft")


def participant(page, facts):
    """Who took part in what; returns the last baseline."""
    page.text(LEFT, 164, "Hierbij verklaren wij dat", size=13, colour="soft")
    y = page.fitted(LEFT - 1, 198, facts["name"], COLUMN, (32, 24), fonts.BOLD)
    page.text(LEFT, y + 26, "heeft meegedaan aan", size=13, colour="soft")
    look = {"font": fonts.SEMIBOLD, "colour": "study"}
    y = page.fitted(LEFT, y + 50, facts["track"], COLUMN, (21, 16), **look)
    when = f"{facts['cohort']}, {period(facts['period_start'], facts['period_end'])}"
    return page.fitted(LEFT, y + 20, when, COLUMN, (12, 8))


def completed(facts):
    """What there is to tell, and nothing about what is not there."""
    hours = [("Studie", facts["study_minutes"]), ("Werk", facts["work_minutes"])]
    present = [(row["label"], f"{row['achieved']} keer") for row in facts["attendance"]]
    sections = [
        Section("Uren", tuple((label, in_words(minutes)) for label, minutes in hours if minutes)),
        Section("Erbij geweest", tuple(present)),
        Section("Trainingen afgerond", text="; ".join(facts["trainings"])),
    ]
    return [section for section in sections if section.rows or section.text]


def side_by_side(page, sections, top):
    """The first at the left, the rest beside it."""
    width = (COLUMN - GUTTER) / 2
    left, right = sections[:1], sections[1:]
    rhythm, _same = columns.largest_rhythm([(width, left), (width, right)], BOTTOM - top)
    columns.draw(page, LEFT, top, left, rhythm, heading="H2")
    columns.draw(page, RIGHT - width, top, right, rhythm, heading="H2")


def signature(page, facts):
    page.text(LEFT, 486, f"{facts['place']}, {long_date(facts['date'])}", fonts.SEMIBOLD)
    front.signature(page, LEFT, 526, facts["signatory"])
