"""The accounting as a workbook (XLSX), for who calculates with it."""

from participants import sheets

PRESENCE = ("kind", "planned", "registered", "rows", "there", "caught_up")
PRESENCE_HEAD = ("Soort", "Gepland", "Geregistreerd", "Plaatsen", "Aanwezig", "Ingehaald")
SAMPLE = ("number", "starts_on", "state", "work", "study", "there", "rows")
SAMPLE_HEAD = (
    "Nummer",
    "Begonnen",
    "Stand",
    "Werk (min)",
    "Studie (min)",
    "Aanwezig",
    "Bijeenkomsten",
)


def workbook(facts):
    """The bytes of the workbook, in pieces; ``facts`` of ``accounting.facts``.

    Minutes are whole numbers.
    """
    parts = {"Totalen": totals, "Aanwezigheid": presence, "Steekproef": sample}
    return sheets.workbook((title, *_split(rows(facts))) for title, rows in parts.items())


def totals(facts):
    """Rows of cells: what it is about, the people, and the minutes."""
    yield "Verantwoording", facts["cohort"]
    yield "Leerlijn", facts["track"]
    yield "Aanbieder", facts["provider"]
    yield "Van", facts["period_start"]
    yield "Tot en met", facts["period_end"]
    yield "Gemaakt op", facts["made_on"]
    yield from facts["people"]
    for what, minutes in facts["hours"]:
        yield f"{what} (min)", minutes


def presence(facts):
    """Rows of cells under a head: one a kind of meeting."""
    yield PRESENCE_HEAD
    for row in facts["presence"]:
        yield tuple(row[name] for name in PRESENCE)


def sample(facts):
    """Rows of cells under a head: one a person, by number. The seed stands under them."""
    yield SAMPLE_HEAD
    for row in facts["sample"]["rows"]:
        yield tuple(row[name] for name in SAMPLE)
    yield ()
    yield "Geloot met", facts["sample"]["seed"]
    yield "Uit zoveel deelnemers", facts["sample"]["out_of"]


def _split(rows):
    """The first row, and the others."""
    return next(rows), rows
