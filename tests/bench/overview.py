"""The data of the cohort table against the SQL that one would write by hand."""

import datetime as dt

from django.db import connection

from participants import progress
from participants.models import Enrolment, HourEntry
from tests.bench.timing import medians
from tests.factories import CohortFactory, EnrolmentFactory, UserFactory
from tests.factories.ready import attend, endorse
from tests.factories.work import MOMENT

PEOPLE, ENTRIES = 50, 60
GOAL = 3.5

# Everything that a cell of the table shows, for one cohort, as sets.
BY_HAND = """
WITH people AS (
  SELECT id, cohort_id, starts_on FROM participants_enrolment WHERE cohort_id = %(cohort)s
), hours AS (
  SELECT enrolment_id,
    SUM(CASE WHEN kind = 'work' AND status = 'approved' THEN minutes ELSE 0 END) AS work,
    SUM(CASE WHEN kind = 'work' AND status = 'submitted' THEN minutes ELSE 0 END) AS work_waits,
    SUM(CASE WHEN kind = 'study' AND status = 'approved' THEN minutes ELSE 0 END) AS study,
    SUM(CASE WHEN kind = 'study' AND status = 'submitted' THEN minutes ELSE 0 END) AS study_waits
  FROM participants_hourentry WHERE enrolment_id IN (SELECT id FROM people) GROUP BY enrolment_id
), meetings AS (
  SELECT s.id, s.kind, s.date, s.closed_at FROM participants_session s
  JOIN participants_session_cohorts c ON c.session_id = s.id
  WHERE c.cohort_id = %(cohort)s AND s.cancelled_at IS NULL
), presence AS (
  SELECT a.enrolment_id, SUM(a.minutes) AS minutes,
    COUNT(CASE WHEN m.kind = 'lesson' AND a.actively_participated THEN 1 END) AS lessons,
    COUNT(CASE WHEN m.kind = 'intervision' AND a.actively_participated THEN 1 END) AS intervision
  FROM participants_attendance a JOIN meetings m ON m.id = a.session_id
  WHERE m.closed_at IS NOT NULL AND a.enrolment_id IN (SELECT id FROM people)
  GROUP BY a.enrolment_id
), planned AS (
  SELECT COUNT(CASE WHEN kind = 'lesson' THEN 1 END) AS lessons,
    COUNT(CASE WHEN kind = 'intervision' THEN 1 END) AS intervision FROM meetings
)
SELECT p.id, COALESCE(h.work, 0), COALESCE(h.work_waits, 0),
  COALESCE(h.study, 0) + COALESCE(a.minutes, 0), COALESCE(h.study_waits, 0),
  COALESCE(a.lessons, 0), planned.lessons, COALESCE(a.intervision, 0), planned.intervision,
  pop.status, gop.status, endorsement.id, interview.result
FROM people p CROSS JOIN planned
LEFT JOIN hours h ON h.enrolment_id = p.id
LEFT JOIN presence a ON a.enrolment_id = p.id
LEFT JOIN participants_developmentplan pop ON pop.enrolment_id = p.id
LEFT JOIN participants_developmentplan gop ON gop.cohort_id = p.cohort_id
LEFT JOIN participants_endorsement endorsement
  ON endorsement.enrolment_id = p.id AND endorsement.version_id = gop.completed_version_id
LEFT JOIN participants_finalinterview interview
  ON interview.enrolment_id = p.id AND interview.status = 'final'
ORDER BY p.id
"""


def lines():
    """[(name, ratio, goal)]: rows of ``progress`` as dicts against rows of plain SQL."""
    cohort = furnished()
    people = Enrolment.objects.filter(cohort=cohort).order_by("pk")
    asked = [row.standing["work_achieved"] for row in progress.of(people)]
    if asked != [row[1] for row in by_hand(cohort)]:
        raise AssertionError("The two do not count the same: the ratio would mean nothing.")
    ours, theirs = medians(
        lambda: list(progress.of(people).values_list()), lambda: by_hand(cohort), turns=15
    )
    return [("cohort_table_data", ours / theirs, GOAL)]


def by_hand(cohort):
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, {"cohort": cohort.pk})
        return cursor.fetchall()


def furnished():
    """A cohort of fifty people with sixty entries each, meetings and plans."""
    cohort, reviewer = CohortFactory(), UserFactory()
    people = EnrolmentFactory.create_batch(PEOPLE, cohort=cohort)
    for enrolment in people:
        HourEntry.objects.bulk_create(entry(enrolment, n, reviewer) for n in range(ENTRIES))
        attend(enrolment, "lesson")
        attend(enrolment, "intervision")
        endorse(enrolment)
    return cohort


def entry(enrolment, n, reviewer):
    verdict = {"status": "submitted"}
    if n % 4:
        verdict = {"status": "approved", "reviewed_by": reviewer, "reviewed_at": MOMENT}
    return HourEntry(
        enrolment=enrolment,
        kind="work" if n % 2 else "study",
        date=dt.date(2025, 2, 1) + dt.timedelta(days=n),
        minutes=30 + n,
        description="Meegelopen op het spreekuur",
        submitted_at=MOMENT,
        **verdict,
    )
