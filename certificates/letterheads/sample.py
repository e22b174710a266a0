"""A certificate of nobody, to see how the paper of a track turns out before anyone gets it."""

from collections import ChainMap

from django.utils import timezone

from certificates import documents, facts
from certificates.holding import NO_CODE, NO_NUMBER
from certificates.letterheads import actions
from certificates.letterheads.images import KEPT, sha256_of
from certificates.letterheads.models import Letterhead, PaperImage
from certificates.models import Certificate
from participants.interviews.models import Value
from participants.tracks.models import Cohort, InterviewCriterion

# The second shows what the paper does with a name that needs two lines.
NAMES = "Marisol Martina", "Wilhelmina Francisca Oyelaran van den Heuvel-Beukenrodestein"
HOURS = ("Studie: bijeenkomsten", 30 * 60), ("Studie: zelfstudie", 32 * 60), ("Werk", 65 * 60)
TRAININGS = ("Grenzen stellen", "Beter vragen stellen")


def preview(track, words, pictures):
    """PDF bytes: the certificates of two invented people, with VOORBEELD across every page.

    ``words`` and ``pictures`` are as of ``actions.change``, and may be empty; nothing is kept.
    """
    letterhead = Letterhead.objects.filter(track=track).first() or Letterhead(track=track)
    seen = {slot: png and PaperImage(sha256=sha256_of(png)) for slot, png in pictures.items()}
    actions.put_in(track, letterhead, words, seen)
    typed = {sha256_of(png): png for png in pictures.values() if png}
    people = [facts_of(track, letterhead, name) for name in NAMES]
    return documents.print_file(people, images=ChainMap(typed, KEPT))


def facts_of(track, letterhead, name):
    """What would stand on the certificate of ``name``, who is nobody."""
    today = timezone.localdate()
    nobody = Certificate(
        number=NO_NUMBER, code=NO_CODE, hand_code=NO_CODE, name=name, award_date=today
    )
    cohort = Cohort.objects.filter(track=track).running_first().first()
    criteria = InterviewCriterion.objects.of_track(track).in_use()
    return {
        **facts.identity(nobody),
        **facts.paper_of(track, letterhead),
        "track": track.name,
        "cohort": cohort.name if cohort else "Lichting",
        "period_start": (cohort.starts_on if cohort else today).isoformat(),
        "period_end": (cohort.ends_on if cohort else today).isoformat(),
        "study_minutes": HOURS[0][1] + HOURS[1][1],
        "work_minutes": HOURS[2][1],
        "ratings": [
            {"criterion": each.title, "rating": str(Value.GOOD.label)} for each in criteria
        ],
        "method": facts.METHOD % facts.NUMBER_WORDS[2],
        "hours": [{"label": label, "minutes": minutes} for label, minutes in HOURS],
        "trainings": list(TRAININGS),
        "attendance": [{"label": "Lessen", "achieved": 10, "required": 9}],
        "preview": True,
    }
