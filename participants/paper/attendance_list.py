"""The presence list (presentielijst) to print: a line to sign for each person.

The keys of ``facts``:

- title, kind ("les"), place (may be ""), provider
- date (ISO), starts_at and ends_at (times of the clock; None when nobody said when)
- cohorts: their names, one or more
- names: of who is expected, in the order of the register
"""

from io import BytesIO

from participants.paper.archival import Document
from participants.paper.flow import WIDTH, Column, Flow
from participants.paper.wording import long_date

PEOPLE = (
    Column("Naam", 190),
    Column("Van - tot", 90),
    Column("Handtekening", WIDTH - 280),
)
TRAINER = (
    Column("Naam trainer", 190),
    Column("Datum", 90),
    Column("Handtekening", WIDTH - 280),
)
ROOM = 13  # points above a line of a row: room for a signature
SPARE = 3  # lines for who is not on the list
NOBODY = "Voor deze dag staat nog niemand op de lijst."
HOW = (
    "Was je er de hele tijd? Dan hoef je bij 'Van - tot' niets in te vullen. "
    "Sta je er niet bij? Schrijf je naam dan op een lege regel."
)


class Sheets(Flow):
    """A Flow in whose tables people can sign."""

    def height(self, cells):
        return ROOM + super().height(cells)

    def _row(self, columns, cells, texts):
        self.y += ROOM
        super()._row(columns, cells, texts)


def attendance_list_pdf(facts):
    """The list as PDF bytes, over as many sheets as it takes."""
    paper = BytesIO()
    title = f"Presentielijst {facts['title']}"
    day = long_date(facts["date"])
    told = {"title": f"{title}, {day}", "subject": ", ".join(facts["cohorts"])}
    with Document(paper, author=facts["provider"], **told) as document:
        flow = Sheets(document, f"{title}, {day}")
        draw(flow, title, facts)
        flow.close()
    return paper.getvalue()


def draw(flow, title, facts):
    flow.title(title, moment(facts))
    where = [facts["place"]] if facts["place"] else []
    flow.paragraph(". ".join([*where, *facts["cohorts"], facts["provider"]]) + ".")
    if facts["names"]:
        flow.paragraph(HOW)
    else:
        flow.paragraph(NOBODY)
    empty = ("", "", "")
    flow.table(PEOPLE, [*((name, "", "") for name in facts["names"]), *[empty] * SPARE])
    flow.heading("Wie gaf deze bijeenkomst?")
    flow.table(TRAINER, [empty])


def moment(facts):
    """ "Les op 25 november 2026, 10.00 tot 12.30 uur"."""
    said = f"{facts['kind'].capitalize()} op {long_date(facts['date'])}"
    if facts["starts_at"]:
        said += f", {facts['starts_at']:%H.%M} tot {facts['ends_at']:%H.%M} uur"
    return said
