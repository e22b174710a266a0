"""Examples for the documentation of the API, put together from one value for each field.

Nobody in them exists. A field that needs another value in one place has it by ``Component.field``.
"""

from functools import cache

from django.utils.translation import gettext_lazy as _

SITE = "https://leerlijn.example"
MOMENT = "2026-11-04T15:00:00+01:00"
SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

FIELDS = {
    "achieved": 1830,
    "actions": "Elke week een keer nee zeggen, en opschrijven hoe dat ging.",
    "added_at": MOMENT,
    "advice": "Vraag in een gesprek wat vaker door.",
    "alone_reason": "De andere beoordelaar was ziek.",
    "answer": "Goed plan. Schrijf je maar in.",
    "answered_at": None,
    "answered_by": "Johanna Wiersma",
    "answers": 3,
    "arranged": 2,
    "asked_at": MOMENT,
    "asked_by": "Ellen Brouwer",
    "absent": 7,
    "assessor": 8,
    "assessors": 8,
    "assessors_required": 2,
    "author": "Noor Vos",
    "award_date": "2026-11-20",
    "based_on": 2,
    "certificate": "LL-2026-0012",
    "changed_at": MOMENT,
    "check_url": f"{SITE}/controle/Xk3vN9qTz0aWbYc1dEfGhIjKlMn/",
    "approved": 12,
    "contact_name": "Ellen Brouwer",
    "contact_phone": "020 555 01 23",
    "contact_when": "op dinsdag en donderdag",
    "client_id": "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed",
    "code": "soon",
    "cohort": 1,
    "cohorts": 1,
    "completed_at": None,
    "completed_version": None,
    "confirmed_at": None,
    "confirmed_by": None,
    "corrects": None,
    "created_at": MOMENT,
    "criteria": 4,
    "criterion": 4,
    "date": "2026-11-03",
    "decided_at": MOMENT,
    "description": "Meegelopen op het spreekuur",
    "detail": "Het leerdeel is dan nog niet klaar.",
    "district": "Oost",
    "email": "noor@leerlijn.example",
    "dates": "2026-11-03",
    "done": 9,
    "ended_at": None,
    "ended_on": None,
    "endorsed": 18,
    "endorsements": 18,
    "ends_at": "11:30:00",
    "ends_on": "2027-07-09",
    "enrolment": 12,
    "enrolments": 12,
    "entries": 12,
    "entry": 12,
    "example_question": "Wanneer zei je nee, en hoe ging dat?",
    "expires_at": MOMENT,
    "explanation": "30,5 van de 60 uur is akkoord.",
    "file": "mijn-pop.pdf",
    "finished_at": None,
    "first_signatory": "Johanna Wiersma",
    "first_signatory_role": "directeur",
    "gained": "work",
    "goal": 5,
    "granted_at": MOMENT,
    "guided_reason": "",
    "guided_reasons": {"7": "Er was geen andere beoordelaar."},
    "how": "bevestigd per telefoon",
    "hint": "Denk aan een moment waarop je hulp vroeg.",
    "how_seen": "Mijn begeleider merkt het.",
    "id": 12,
    "issued_at": MOMENT,
    "issued_on": "2026-11-20",
    "item": 4,
    "key": "work",
    "label": "Werk",
    "late_entry_days": 30,
    "leaves": 7,
    "lost": "study",
    "last_day": "2027-03-01",
    "made": 9,
    "made_at": MOMENT,
    "may_miss_one_in": 5,
    "members": 22,
    "minutes": 90,
    "missing": "study",
    "motivation": "In het gesprek kwam dit twee keer terug.",
    "name": "Noor Vos",
    "next": f"{SITE}/api/v1/hours/?cursor=cD0xMg%3D%3D",
    "note": "Van de papieren lijst van maart",
    "notes": "Vertelde hoe het ging op het spreekuur.",
    "number": 2,
    "objection": 2,
    "objection_days": 42,
    "on": "2026-11-03",
    "online_link": f"{SITE}/gesprek",
    "organisation": "Buurtwerk De Brug",
    "outsider": "",
    "own_title": "",
    "page": 1,
    "pages": 3,
    "partners": "met Hogeschool De Amstel",
    "passed": 1,
    "phone": "020 555 01 23",
    "place": "Huis van de Wijk",
    "placement": 3,
    "planned_at": "2027-06-17T10:00:00+02:00",
    "position": 1,
    "previous": None,
    "private_note": "Bus 21 nemen",
    "provider": "Stichting De Leerkring",
    "quiet_days": 14,
    "read_at": MOMENT,
    "reason": "Er staat een andere dag in je agenda. Klopt deze?",
    "recorded_how": "Aantekeningen van een collega",
    "refusal": "",
    "replaced_by": None,
    "replaces": "LL-2026-0012",
    "requested_at": MOMENT,
    "required": 3600,
    "resits_allowed": 1,
    "return_reason": "",
    "reviewed_at": None,
    "revision": 4,
    "role": "trainer",
    "second_signatory": "Ellen Brouwer",
    "second_signatory_role": "coördinator van de leerlijn",
    "section": "terugblik",
    "sections": {"terugblik": "Ik durf nu vaker nee te zeggen."},
    "seen": MOMENT,
    "sessions": 9,
    "sha256": SHA256,
    "shared_at": MOMENT,
    "size": 48213,
    "starts_at": "10:00:00",
    "starts_on": "2026-11-23",
    "strengths": "Je luistert zonder oordeel.",
    "study_minutes": 3600,
    "submitted": 120,
    "submitted_at": MOMENT,
    "supervisor": "Karim Zonneveld",
    "supervisor_email": "karim@buurtteam.example",
    "supervisor_name": "Karim Zonneveld",
    "supervisor_phone": "020 555 01 23",
    "talk_behind_minutes": 600,
    "talk_first_days": 7,
    "team": "Buurtteam Oosterhoek",
    "team_kind": "buurtteam",
    "text": "Mooi hoe je dit beschrijft.",
    "ticked_at": MOMENT,
    "ticked_by": "Ellen Brouwer",
    "title": "Grenzen stellen",
    "to_arrange": 3,
    "total": 10,
    "track": "Leerlijn Buurtteams",
    "training": None,
    "training_choice": None,
    "until": "2027-03-01",
    "version": 2,
    "versions": 2,
    "waiting_on": "participant",
    "was_on": None,
    "what": "Vaker nee zeggen",
    "where_and_when": "In het voorjaar, op dinsdag",
    "why": "Dan houd ik het vol.",
    "why_not_counted": "Wacht op akkoord sinds 4 november 2026.",
    "withdrawn_at": None,
    "without": 9,
    "work_minutes": 3600,
    "written_at": MOMENT,
    "written_by": None,
    "Certificate.replaced_by": "LL-2026-0013",
    "BatchLine.certificate": "LL-2026-0012",
    "BatchLine.why": "",
    "Break.name": "Voorjaarsvakantie",
    "Certificate.number": "LL-2026-0012",
    "Check.cohort": "Lichting najaar 2026",
    "Check.number": "LL-2026-0012",
    "ChecklistItem.text": "Kennismaking geweest",
    "ChecklistItem.track": 1,
    "Cohort.name": "Lichting najaar 2026",
    "PatchedCohortFacts.name": "Lichting najaar 2026",
    "Copy.name": "Lichting voorjaar 2027",
    "Criterion.explanation": "Je zegt op tijd wat je wel en niet doet.",
    "Criterion.required": True,
    "Criterion.track": 1,
    "Exemption.criterion": "study",
    "Exemption.minutes": 600,
    "Exemption.reason": "Volgde deze opleiding al eerder.",
    "HourEntry.status": "submitted",
    "HourProof.name": "rooster.jpg",
    "Item.explanation": "Je zegt op tijd wat je wel en niet doet.",
    "Item.required": True,
    "Interview.assessors": [{"id": 7, "name": "Ellen Brouwer"}],
    "NewBundle.reason": "",
    "NewCohort.name": "Lichting voorjaar 2027",
    "NewCohort.track": 1,
    "NewCriterion.explanation": "Je zegt op tijd wat je wel en niet doet.",
    "NewCriterion.required": True,
    "NewCriterion.track": 1,
    "NewItem.text": "Kennismaking geweest",
    "ItemWords.text": "Kennismaking geweest",
    "NewItem.track": 1,
    "NewPlacement.place": 3,
    "NewTrack.name": "Leerlijn Buurtteams",
    "NewTrack.place": "Amsterdam",
    "NewPerson.phone": "06 12 34 56 78",
    "PatchedCriterionWords.explanation": "Je zegt op tijd wat je wel en niet doet.",
    "PatchedCriterionWords.required": True,
    "PatchedTrackChange.name": "Leerlijn Buurtteams",
    "PatchedTrainingFacts.description": "Oefenen met nee zeggen.",
    "PatchedTrainingFacts.track": 1,
    "Placement.place": 3,
    "Planned.assessors": [{"id": 7, "name": "Ellen Brouwer"}],
    "Proof.name": "lijst.pdf",
    "RevokeRequest.reason": "De uren bleken van iemand anders.",
    "Session.online_link": None,
    "SlipRefusal.code": "already_reviewed",
    "SlipRefusal.detail": "Deze uren zijn al nagekeken.",
    "Supervisor.name": "Karim Zonneveld",
    "Track.description": "Leer werken in een buurtteam.",
    "Track.name": "Leerlijn Buurtteams",
    "Track.place": "Amsterdam",
    "Training.description": "Oefenen met nee zeggen.",
    "Training.track": 1,
    "TrainingFacts.description": "Oefenen met nee zeggen.",
    "TrainingFacts.track": 1,
    "TrainingChoice.training": 8,
    "TrainingDate.note": "",
    "Version.file": None,
    "Version.pages": None,
    "WrittenVersion.file": None,
    "WrittenVersion.pages": None,
}
# Requests of which the fields do not all go together.
WHOLE = {
    "BeginningRequest": {"kind": "personal", "enrolment": 12},
    "NewEvidenceRequest": {"goal": 5, "criterion": 4},
    "PatchedSentOnceRequest": {"minutes": 60},
    "PatchedContentRequest": {"minutes": 60},
    "TrainingChoiceRequest": {"enrolment": 12, "training": 8},
}
REFUSED = {
    "400": ("too_much_on_a_day", _("Op deze dag staan dan meer dan 16 uur.")),
    "401": ("not_authenticated", _("Log in, of stuur een token mee.")),
    "403": ("permission_denied", _("Dit mag je niet doen.")),
    "404": ("not_found", _("Dit bestaat niet, of je mag het niet zien.")),
    "405": ("method_not_allowed", _("Dit kan hier niet.")),
    "406": ("not_acceptable", _("We antwoorden alleen met JSON.")),
    "409": ("changed", _("Deze regel is intussen aangepast. Kijk er nog een keer naar.")),
    "415": ("unsupported_media_type", _("Stuur JSON of een formulier.")),
    "429": ("throttled", _("Dit ging te snel. Probeer het over 12 seconden opnieuw.")),
}


@cache
def refusals():
    """What a refusal says, by status."""
    return {
        status: {"code": code, "detail": str(detail)} for status, (code, detail) in REFUSED.items()
    }


def example_of(schema, schemas, component="", name=""):
    """A value that fits ``schema``; ``schemas`` are the named ones that it may point at.

    Raises KeyError for a field without an example.
    """
    for of_place in (f"{component}.{name}", f"{component.removesuffix('Request')}.{name}"):
        if of_place in FIELDS:
            return FIELDS[of_place]
    if "$ref" in schema:
        return example_of_component(schema["$ref"].rpartition("/")[2], schemas, component, name)
    for parts in ("allOf", "oneOf", "anyOf"):
        if parts in schema:
            return example_of(schema[parts][0], schemas, component, name)
    if "enum" in schema:
        return schema["enum"][0]
    return example_of_type(schema, schemas, component, name)


def example_of_component(named, schemas, component, name):
    if named in WHOLE:
        return WHOLE[named]
    inside = schemas[named]
    return example_of(inside, schemas, named if "properties" in inside else component, name)


def example_of_type(schema, schemas, component, name):
    if schema.get("type") == "array":
        return [example_of(schema["items"], schemas, component, name)]
    if "properties" in schema:
        inside = schema["properties"].items()
        return {field: example_of(part, schemas, component, field) for field, part in inside}
    if schema.get("type") == "boolean" and name not in FIELDS:
        return schema.get("default", False)
    return FIELDS[name]
