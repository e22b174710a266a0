"""The track of the demo, what its interview asks, and what one can choose."""

import datetime as dt

from django.utils import timezone

from leerlijn.demo.criteria import CRITERIA
from participants.models import (
    ChecklistItem,
    InterviewCriterion,
    LearningPlace,
    LearningTrack,
    Training,
    TrainingDate,
)

TRAININGS = [
    ("Grenzen stellen", 180, "Nee zeggen zonder de deur dicht te doen."),
    ("Verbindend (oordeelloos) communiceren", 360, "Luisteren en praten zonder oordeel."),
    ("Beter vragen stellen", 180, "Open vragen, doorvragen en stil kunnen zijn."),
]
PLACES = [
    ("Buurtwerk De Brug", "Buurtteam Oosterhoek", "buurtteam", "Oost"),
    ("Buurtwerk De Brug", "Buurtteam Noorderpark", "buurtteam", "Noord"),
    ("Huis van de Wijk Zuiderlicht", "Inloop Zuiderlicht", "inloop", "Zuid"),
]

TO_ARRANGE = ["Kennismaking geweest", "Afspraken op papier", "Verzekering geregeld"]


def make_track():
    track = LearningTrack.objects.create(
        name="Leerlijn Buurtteams",
        description="Ervaringsdeskundigen leren werken in een buurtteam.",
        provider="Stichting De Leerkring",
        partners="met Hogeschool De Amstel en Buurtwerk De Brug",
        first_signatory="Johanna Wiersma",
        first_signatory_role="directeur",
        second_signatory="Ellen Brouwer",
        second_signatory_role="coördinator van de leerlijn",
    )
    InterviewCriterion.objects.bulk_create(
        InterviewCriterion(track=track, position=place, **criterion)
        for place, criterion in enumerate(CRITERIA, start=1)
    )
    Training.objects.bulk_create(
        Training(track=track, title=title, minutes=minutes, description=description)
        for title, minutes, description in TRAININGS
    )
    _dated()
    ChecklistItem.objects.bulk_create(ChecklistItem(track=track, text=text) for text in TO_ARRANGE)
    LearningPlace.objects.bulk_create(
        LearningPlace(organisation=organisation, team=team, team_kind=kind, district=district)
        for organisation, team, kind, district in PLACES
    )
    return track


def _dated():
    """Days on which the trainings are given; of the last one nobody knows yet."""
    today = timezone.localdate()
    for weeks, training in enumerate(Training.objects.order_by("pk")[:2], start=1):
        TrainingDate.objects.create(
            training=training,
            date=today + dt.timedelta(weeks=2 * weeks),
            starts_at=dt.time(13, 30),
            place="Huis van de Wijk Zuiderlicht",
        )
