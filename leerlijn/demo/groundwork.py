"""The track of the demo, what its interview asks, and what one can choose."""

from participants.models import InterviewCriterion, LearningPlace, LearningTrack, Training

CRITERIA = [
    ("Eigen ervaring inzetten", "Je vertelt over je eigen ervaring als dat de ander helpt."),
    ("Aansluiten bij de leefwereld", "Je begint bij wat er voor de bewoner toe doet."),
    ("Verbindend en oordeelloos communiceren", "Je luistert zonder te oordelen."),
    ("Betere vragen stellen", "Je stelt open vragen en vraagt door."),
    ("Grenzen stellen en goed voor jezelf zorgen", "Je merkt wat te veel is en zegt dat."),
    ("Samenwerken in de groep en het buurtteam", "Je weet wat je aan elkaar hebt."),
    ("Je rol en meerwaarde laten zien", "Je legt uit wat een ervaringsdeskundige toevoegt."),
    ("Het andere geluid laten horen", "Je zegt wat anderen niet zien of niet zeggen."),
    ("Stigma herkennen en doorbreken", "Je ziet wanneer iemand een etiket krijgt."),
    ("Terugkijken en je eigen leren sturen", "Je weet wat je leerde en wat je nog wilt leren."),
]
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
        InterviewCriterion(track=track, position=place, title=title, explanation=explanation)
        for place, (title, explanation) in enumerate(CRITERIA, start=1)
    )
    Training.objects.bulk_create(
        Training(track=track, title=title, minutes=minutes, description=description)
        for title, minutes, description in TRAININGS
    )
    LearningPlace.objects.bulk_create(
        LearningPlace(organisation=organisation, team=team, team_kind=kind, district=district)
        for organisation, team, kind, district in PLACES
    )
    return track
