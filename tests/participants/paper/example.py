"""Facts of invented people, as the documents on paper take them."""

STATEMENT = {
    "name": "Marisol Martina",
    "track": "Leerlijn Buurtteams",
    "cohort": "Lichting 2026-2027",
    "provider": "Stichting De Leerkring",
    "period_start": "2026-11-26",
    "period_end": "2027-07-08",
    "made_on": "2027-07-09",
    "entries": [
        {
            "date": f"2027-{1 + turn // 20:02}-{1 + turn % 20:02}",
            "kind": ("Werk", "Studie")[turn % 3 == 0],
            "description": "Inloop in het buurthuis" + ", en daarna samen opgeruimd" * (turn % 4),
            "minutes": 95 + turn,
            "approved_by": "Karim Bensaïd",
        }
        for turn in range(70)
    ],
}
PLAN = {
    "title": "Persoonlijk ontwikkelingsplan (POP)",
    "name": "Işıl Gül",
    "version": 3,
    "date": "2027-02-01",
    "provider": "Stichting De Leerkring",
    "sections": [
        {"heading": "Wat gaat goed?", "text": "Ik luister rustig.\n\nMensen komen naar me toe."},
        {"heading": "Wat wil ik leren?", "text": "Nee zeggen zonder schuldgevoel. " * 160},
        {"heading": "Mijn leerdoelen", "text": "Op tijd stoppen 🌱 en 漢 uitleggen."},
    ],
}
PARTICIPATION = {
    "name": "Noor de Wit",
    "track": "Leerlijn Buurtteams",
    "cohort": "Lichting 2026-2027",
    "provider": "Stichting De Leerkring",
    "partners": "met Hogeschool De Amstel",
    "place": "Amsterdam",
    "period_start": "2026-11-26",
    "period_end": "2027-03-02",
    "date": "2027-03-05",
    "study_minutes": 31 * 60 + 10,
    "work_minutes": 18 * 60,
    "attendance": [{"label": "Lessen", "achieved": 5}, {"label": "Intervisie", "achieved": 2}],
    "trainings": ["Grenzen stellen", "Beter vragen stellen"],
    "signatory": {"name": "Johanna Wiersma", "role": "directeur"},
}
