"""The accounting on paper."""

import pytest

from participants.paper.accounting import accounting_pdf
from tests.participants.paper.test_statements import sheets
from tests.pdfa import faults

FACTS = {
    "track": "Leerlijn Buurtteams",
    "cohort": "Lichting 2025",
    "provider": "Stichting De Leerkring",
    "period_start": "2025-01-06",
    "period_end": "2025-07-11",
    "made_on": "2025-07-12",
    "people": [("Begonnen in de periode", 24), ("Gestopt in de periode", 1)],
    "hours": [("Werk op de leerplek", 59), ("Studie, zelf opgeschreven", 3600)],
    "presence": [
        {
            "kind": "Lessen",
            "planned": 10,
            "registered": 8,
            "rows": 160,
            "there": 151,
            "caught_up": 3,
        }
    ],
    "sample": {
        "seed": "zonnebloem",
        "out_of": 24,
        "rows": [
            {
                "number": f"D{turn:05}",
                "starts_on": "2025-01-06",
                "state": "doet mee",
                "work": 90,
                "study": 120,
                "there": 7,
                "rows": 8,
            }
            for turn in range(60)
        ],
    },
}


@pytest.mark.parametrize(
    "facts",
    [FACTS, FACTS | {"sample": FACTS["sample"] | {"rows": []}}, FACTS | {"cohort": "Ř" * 70}],
    ids=["long", "nobody", "name"],
)
def test_accounting_keeps_both_standards(facts):
    assert faults(accounting_pdf(facts)) == []


def test_accounting_says_the_figures_the_seed_and_every_number():
    pages = sheets(accounting_pdf(FACTS))
    said = " ".join(pages)
    assert len(pages) > 1
    assert "Werk op de leerplek 0:59" in said
    assert "Studie, zelf opgeschreven 60:00" in said
    assert "Lessen 10 8 160 151 3" in said
    assert "60 van de 24 deelnemers, geloot met het woord 'zonnebloem'" in said
    assert all(row["number"] in said for row in FACTS["sample"]["rows"])


def test_the_same_facts_give_the_same_bytes():
    assert accounting_pdf(FACTS) == accounting_pdf(FACTS)
