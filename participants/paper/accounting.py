"""The accounting (verantwoording) of a cohort to a funder: totals, and a sample without names.

The keys of ``facts``:

- track, cohort, provider
- period_start, period_end, made_on: ISO dates
- people: (what, how many); hours: (what, minutes)
- presence: {kind, planned, registered, rows, there, caught_up}, counts of meetings and of people
  at meetings
- sample: {seed, out_of (how many it is drawn from), rows: {number, starts_on (ISO), state, work
  and study (minutes), there, rows}}
"""

from io import BytesIO

from participants.paper.archival import Document
from participants.paper.flow import WIDTH, Column, Flow
from participants.paper.wording import clock, long_date, period, short_date

COUNTS = Column("Wat", WIDTH - 80), Column("Aantal", 80, right=True)
HOURS = Column("Wat", WIDTH - 80), Column("Uren", 80, right=True)
PRESENCE = (
    Column("Soort", 131),
    Column("Gepland", 62, right=True),
    Column("Geregistreerd", 84, right=True),
    Column("Plaatsen", 62, right=True),
    Column("Aanwezig", 66, right=True),
    Column("Ingehaald", 66, right=True),
)
SAMPLE = (
    Column("Nummer", 70),
    Column("Begonnen", 76),
    Column("Stand", 75),
    Column("Werk", 70, right=True),
    Column("Studie", 70, right=True),
    Column("Bijeenkomsten", 110, right=True),
)
HOW_HOURS = (
    "Alleen uren die akkoord zijn tellen mee, op de dag waarop ze gemaakt zijn. In uren:minuten."
)
HOW_PRESENCE = (
    "Een plaats is één mens bij één bijeenkomst. Plaatsen komen uit lijsten die zijn ingevuld en "
    "gesloten. Afgezegde bijeenkomsten tellen niet mee."
)
HOW_NUMBERS = (
    "Een nummer hoort bij één deelnemer en blijft in elke verantwoording hetzelfde. De aanbieder "
    "kan er de persoon en de bewijsstukken bij vinden."
)
NOBODY = "In deze periode deed niemand mee."


def accounting_pdf(facts):
    """The accounting as PDF bytes, over as many sheets as it takes."""
    paper = BytesIO()
    title = f"Verantwoording {facts['cohort']}"
    with Document(paper, title=title, author=facts["provider"], subject=facts["track"]) as document:
        flow = Flow(document, f"{title}, {long_date(facts['made_on'])}")
        draw(flow, title, facts)
        flow.close()
    return paper.getvalue()


def draw(flow, title, facts):
    flow.title(title, facts["track"])
    flow.paragraph(f"Periode: {period(facts['period_start'], facts['period_end'])}.")
    flow.paragraph(f"Gemaakt op {long_date(facts['made_on'])} door {facts['provider']}.")
    flow.heading("Deelnemers")
    flow.table(COUNTS, [(what, str(many)) for what, many in facts["people"]])
    flow.heading("Uren die akkoord zijn")
    flow.table(HOURS, [(what, clock(minutes)) for what, minutes in facts["hours"]])
    flow.paragraph(HOW_HOURS)
    flow.heading("Aanwezigheid")
    flow.table(PRESENCE, map(presence_row, facts["presence"]))
    flow.paragraph(HOW_PRESENCE)
    flow.heading("Steekproef op deelnemernummer")
    draw_sample(flow, facts["sample"])


def draw_sample(flow, sample):
    if not sample["rows"]:
        flow.paragraph(NOBODY)
        return
    flow.paragraph(
        f"{len(sample['rows'])} van de {sample['out_of']} deelnemers, geloot met het woord "
        f"'{sample['seed']}'. Hetzelfde woord geeft dezelfde steekproef."
    )
    flow.table(SAMPLE, map(sample_row, sample["rows"]))
    flow.paragraph(HOW_NUMBERS)


def presence_row(row):
    counts = ("planned", "registered", "rows", "there", "caught_up")
    return (row["kind"], *(str(row[name]) for name in counts))


def sample_row(row):
    return (
        row["number"],
        short_date(row["starts_on"]),
        row["state"],
        clock(row["work"]),
        clock(row["study"]),
        f"{row['there']} van {row['rows']}",
    )
