"""Frozen facts of invented people, as the certificate takes them."""

from certificates.letterheads.images import sha256_of
from tests.pictures import logo_png, signature_png

CODE = "q7Vt2nXk9RwLzB4mJc8Hd3YpSfa"
CRITERIA = (
    "Eigen ervaring inzetten",
    "Aansluiten bij de leefwereld",
    "Verbindend en oordeelloos communiceren",
    "Betere vragen stellen",
    "Grenzen stellen en goed voor jezelf zorgen",
    "Samenwerken in de groep en het buurtteam",
    "Je rol en meerwaarde laten zien",
    "Het andere geluid laten horen",
    "Stigma herkennen en doorbreken",
    "Terugkijken en je eigen leren sturen",
)
FACTS = {
    "name": "Marisol Martina",
    "track": "Leerlijn Buurtteams",
    "cohort": "Lichting 2026-2027",
    "period_start": "2026-11-26",
    "period_end": "2027-07-08",
    "study_minutes": 64 * 60 + 59,
    "work_minutes": 71 * 60,
    "conditions": "Behaald: de lessen, de intervisie, een persoonlijk ontwikkelingsplan (POP), het "
    "groepsontwikkelingsplan (GOP) en een eindgesprek met twee beoordelaars.",
    "provider": "Stichting De Leerkring",
    "partners": "met Hogeschool De Amstel en Buurtteam Oosterhoek",
    "place": "Amsterdam",
    "award_date": "2027-07-08",
    "signatories": [
        {"name": "Johanna Wiersma", "role": "directeur"},
        {"name": "Ellen Brouwer", "role": "coördinator van de leerlijn"},
    ],
    "number": "LL-2027-0048",
    "check_url": f"https://leerlijn.example/controle/{CODE}/",
    "check_host": "leerlijn.example/controle",
    "hand_code": "7KRM4PXD9HTW",
    "ratings": [
        {"criterion": criterion, "rating": ("goed laten zien", "voldoende")[row % 3 == 2]}
        for row, criterion in enumerate(CRITERIA)
    ],
    "hours": [
        {"label": "Studie: lessen en intervisie", "minutes": 1950},
        {"label": "Studie: trainingen en zelfstudie", "minutes": 1949},
        {"label": "Werk: Buurtteam Oosterhoek", "minutes": 71 * 60},
    ],
    "trainings": [
        "Grenzen stellen",
        "Verbindend (oordeelloos) communiceren",
        "Beter vragen stellen",
    ],
    "attendance": [
        {"label": "Lessen", "achieved": 10, "required": 9},
        {"label": "Intervisie", "achieved": 4, "required": 4},
    ],
    "method": "Twee beoordelaars hielden een criteriumgericht interview. Ieder gaf eerst apart een "
    "oordeel per criterium. Daarna bepaalden zij samen het oordeel dat hier staat.",
    "replaces": "",
}
# As the facts name the pictures that ``images`` gives.
LOGO, FIRST, SECOND = logo_png(), signature_png(), signature_png(3)
IMAGES = {sha256_of(png): png for png in (LOGO, FIRST, SECOND)}
WITH_PICTURES = {
    "logo": sha256_of(LOGO),
    "signatories": [
        {**signatory, "signature": sha256_of(scan)}
        for signatory, scan in zip(FACTS["signatories"], (FIRST, SECOND), strict=True)
    ],
}
LONG_NAME = "Wilhelmina Francisca Oyelaran van den Heuvel-Beukenrodestein"
LONG_TRACK = "Leerlijn Ervaringsdeskundige vertrouwenspersonen in de informele zorg"
CROWDED = {
    "name": LONG_NAME,
    "track": LONG_TRACK,
    "ratings": [
        {"criterion": f"{criterion}, ook als het spannend wordt", "rating": "goed laten zien"}
        for criterion in (*CRITERIA, *CRITERIA[:4])
    ],
    "trainings": [f"Training {turn}: verbindend communiceren" for turn in range(1, 21)],
    "conditions": "Behaald: " + "de lessen en de intervisie, " * 9 + "en het eindgesprek.",
    "replaces": "LL-2027-0031",
}
