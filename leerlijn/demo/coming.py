"""The next cohort: open for applications, with two people who wait for an answer."""

import datetime as dt

from participants.enrolments import applying, intake
from participants.models import User
from participants.tracks import actions as tracks

BEGINS_IN, LASTS, OPEN_FOR = 90, 220, 60  # days
APPLICANTS = [
    ("Hatice Yılmaz", "Basiscursus ervaringsdeskundigheid", ""),
    ("Kevin Bakboord", "", "Bij een inloophuis in Zuidoost"),
]


def make(demo, track):
    starts_on = demo.today + dt.timedelta(days=BEGINS_IN)
    ends_on = starts_on + dt.timedelta(days=LASTS)
    cohort = tracks.start_cohort(
        track,
        name=f"Lichting {starts_on.year}, tweede groep",
        starts_on=starts_on,
        ends_on=ends_on,
        contact_name="Ellen Brouwer",
        contact_phone="06 0000 0000",
        contact_when="op maandag en donderdag",
    )
    until = demo.today + dt.timedelta(days=OPEN_FOR)
    intake.open_applications(cohort, until, by=demo.people["coordinator"])
    for number, (name, training, experience) in enumerate(APPLICANTS, start=1):
        person = User.objects.create(
            email=f"aanmelder{number}@leerlijn.example", name=name, is_demo=True
        )
        applying.apply(
            cohort,
            by=person,
            did_training=bool(training),
            did_training_note=training,
            has_experience=bool(experience),
            has_experience_note=experience,
        )
