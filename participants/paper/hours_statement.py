"""The statement of hours (urenstaat): approved hours, one line each, and what they add up to.

The keys of ``facts``:

- name, track, cohort, provider
- period_start, period_end, made_on: ISO dates
- entries: {date (ISO), kind ("Studie" or "Werk"), description, minutes (whole), approved_by}
"""

from collections import Counter
from io import BytesIO

from participants.paper.archival import Document
from participants.paper.flow import WIDTH, Column, Flow
from participants.paper.wording import clock, long_date, period, short_date

ENTRIES = (
    Column("Datum", 62),
    Column("Soort", 48),
    Column("Wat", 205),
    Column("Akkoord van", 112),
    Column("Uren", 44, right=True),
)
ROOM_FOR_TOTALS = 130  # points: a head, two kinds and the sentence under them stay together
TOTALS = Column("Soort", WIDTH - 60), Column("Uren", 60, right=True)
ELSEWHERE = "Uren van lessen en intervisie staan in de presentielijst, niet hier."
NONE_YET = "In deze periode staan geen goedgekeurde uren."


def hours_statement_pdf(facts):
    """The statement as PDF bytes, over as many sheets as it takes."""
    paper = BytesIO()
    told = {"title": f"Urenstaat van {facts['name']}", "subject": facts["track"]}
    with Document(paper, author=facts["provider"], **told) as document:
        flow = Flow(document, f"Urenstaat van {facts['name']}, {long_date(facts['made_on'])}")
        draw(flow, facts)
        flow.close()
    return paper.getvalue()


def draw(flow, facts):
    flow.title(f"Urenstaat van {facts['name']}", f"{facts['track']}, {facts['cohort']}")
    flow.paragraph(f"Periode: {period(facts['period_start'], facts['period_end'])}.")
    flow.paragraph(f"Gemaakt op {long_date(facts['made_on'])} door {facts['provider']}.")
    entries = facts["entries"]
    if not entries:
        flow.paragraph(NONE_YET)
        return
    flow.heading("Goedgekeurde uren")
    flow.table(ENTRIES, map(row, entries))
    flow.heading("Samen", room=ROOM_FOR_TOTALS)
    flow.table(TOTALS, totals(entries))
    flow.paragraph(ELSEWHERE)


def row(entry):
    return (
        short_date(entry["date"]),
        entry["kind"],
        entry["description"],
        entry["approved_by"],
        clock(entry["minutes"]),
    )


def totals(entries):
    """Per kind, in the order in which they come first; never one figure for both."""
    minutes = Counter()
    for entry in entries:
        minutes[entry["kind"]] += entry["minutes"]
    return [(kind, clock(total)) for kind, total in minutes.items()]
