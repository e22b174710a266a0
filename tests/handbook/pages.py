"""Which pages the handbook shows, of whom, and at what moment.

The demo is dated relative to today; at a moment that never moves it is the same every time.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from certificates.models import Certificate
from participants.models import (
    Cohort,
    ConfirmationRequest,
    Enrolment,
    FinalInterview,
    Session,
    User,
)

# A Thursday: the hours of this week wait. In autumn every cohort of the demo spans two years.
MOMENT = dt.datetime(2026, 11, 12, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
HOLDER = "willem.van.der.steen"


@dataclass(frozen=True)
class Picture:
    """One picture: of a page as ``who`` sees it ("" for nobody logged in).

    ``choose`` are the labels of what is chosen first, ``mark`` are words of the button that gets
    a frame, and ``top`` is the heading at the top; without it the page stands where the frame is
    seen.
    """

    name: str
    who: str
    address: str
    mark: str = ""
    choose: tuple = ()
    top: str = ""
    height: int = 0  # in pixels; 0 for the usual screen


ON_A_PHONE = [
    Picture("inloggen", "", "/accounts/login/", mark="Mail mij een code"),
    Picture("begin", "deelnemer", "/"),
    Picture(
        "uren-opschrijven",
        "deelnemer",
        "/uren/nieuw/",
        choose=("Werk", "Vandaag", "2 uur"),
        top="Schrijf uren op",
        height=1000,
    ),
    Picture("week", "deelnemer", "/uren/week/", mark="Toon een QR-code"),
    Picture("uren-terug", "deelnemer", "/uren/", mark="Vul aan"),
    Picture("pop", "deelnemer", "/plannen/"),
    Picture("gop", "deelnemer", "/plannen/", mark="Ik sta achter dit plan"),
    Picture("map", "deelnemer", "/gesprekken/map/{own}/", mark="Zet in je map"),
    Picture("certificaat", HOLDER, "/certificaat/", mark="Deel de link"),
    Picture("bevestigen", "", "/bevestigen/{asked}/", mark="Alles klopt"),
    Picture("controleren", "", "/controle/", mark="Controleer", height=640),
    Picture("geldig", "", "/controle/{code}/"),
]
ON_A_DESK = [
    Picture("te-doen", "trainer", "/wacht/"),
    Picture("nakijken", "trainer", "/nakijken/?enrolment={own}", mark="akkoord"),
    Picture("presentielijst", "trainer", "/lessen/{open}/lijst/", mark="Iedereen er"),
    Picture("pop-reageren", "trainer", "/plannen/{pop}/", mark="compleet"),
    Picture("lichting", "trainer", "/lichtingen/{running}/"),
    Picture("oordeel", "beoordelaar", "/gesprekken/{talk}/oordeel/"),
    Picture("begeleiders", "coordinator", "/leerplekken/wacht/", mark="Stuur de introductie"),
    Picture("toelaten", "coordinator", "/deelnames/{applying}/", mark="Laat toe", height=700),
    Picture("persoon", "coordinator", "/deelnames/{own}/", top="Wat wil je doen?"),
    Picture("gesprek-plannen", "coordinator", "/gesprekken/plan/{own}/"),
    Picture(
        "certificaten-maken",
        "coordinator",
        "/certificaten/lichting/{running}/",
        mark="Bekijk en maak",
        height=1000,
    ),
    Picture(
        "certificaat-register",
        "coordinator",
        "/certificaten/{number}/",
        mark="Verbeter de naam",
    ),
    Picture("wat-gaat-eruit", "coordinator", "/wat-gaat-eruit/", mark="Deze week niet"),
    Picture("inrichten", "coordinator", "/inrichten/"),
    Picture("helpen-inloggen", "coordinator", "/mensen/{colleague}/inloggen/", height=700),
    Picture("beheer", "beheer", "/beheer/", height=420),
]
PICTURES = [*ON_A_PHONE, *ON_A_DESK]
# Named in the handbook, and not pictured: (who, address).
TOLD = [
    ("deelnemer", "/meer/"),
    ("deelnemer", "/gesprekken/"),
    ("deelnemer", "/lessen/"),
    ("deelnemer", "/mijn-gegevens/"),
    ("deelnemer", "/plannen/pop/{own}/leerdoelen/"),
    ("deelnemer", "/trainingen/"),
    ("trainer", "/accounts/reauthenticate/"),
    ("coordinator", "/meer/"),
]


def known():
    """What stands in the addresses, as {name: value}, of the demo that is in the database."""
    own = Enrolment.objects.get(participant=person("deelnemer"))
    running = Cohort.objects.running().get()
    certificate = Certificate.objects.get(enrolment__participant=person(HOLDER))
    return {
        "own": own.pk,
        "pop": own.pop.pk,
        "running": running.pk,
        "applying": running.enrolments.get(status=Enrolment.Status.APPLIED).pk,
        "open": Session.objects.get(closed_at=None, date__lt=MOMENT.date()).pk,
        "talk": FinalInterview.objects.unfinished().get().pk,
        "asked": ConfirmationRequest.objects.get().token,
        "number": certificate.number,
        "code": certificate.code,
        "colleague": person("beoordelaar2").pk,
    }


def person(key):
    return User.objects.get(email=f"{key}@leerlijn.example")
