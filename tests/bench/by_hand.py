"""The SQL that one would write by hand for what ``progress`` answers; both databases read it.

It goes over each table once for all the people that are asked, and adds up by group.
"""

from django.db import connection

PEOPLE = """
WITH people AS (
  SELECT e.id, e.cohort_id, e.starts_on, e.ends_on, c.work_minutes, c.study_minutes,
    c.study_required, c.may_miss_one_in
  FROM participants_enrolment e JOIN participants_cohort c ON c.id = e.cohort_id {narrowed}
), hours AS (
  SELECT enrolment_id,
    SUM(minutes) FILTER (WHERE kind = 'work' AND status = 'approved') AS work,
    SUM(minutes) FILTER (WHERE kind = 'work' AND status = 'submitted') AS work_waits,
    SUM(minutes) FILTER (WHERE kind = 'study' AND status = 'approved') AS study,
    SUM(minutes) FILTER (WHERE kind = 'study' AND status = 'submitted') AS study_waits
  FROM participants_hourentry {of_these} GROUP BY enrolment_id
), asked AS (
  SELECT p.id AS enrolment_id, s.id AS session_id, s.kind FROM people p
  JOIN participants_session_cohorts l ON l.cohort_id = p.cohort_id
  JOIN participants_session s ON s.id = l.session_id AND s.cancelled_at IS NULL
    AND s.date >= p.starts_on AND (p.ends_on IS NULL OR s.date <= p.ends_on)
  WHERE NOT EXISTS (SELECT 1 FROM participants_pause u WHERE u.enrolment_id = p.id
    AND u.confirmed_at IS NOT NULL AND u.starts_on <= s.date
    AND (u.ends_on IS NULL OR u.ends_on >= s.date))
), meetings AS (
  SELECT enrolment_id, COUNT(*) FILTER (WHERE kind = 'lesson') AS lessons,
    COUNT(*) FILTER (WHERE kind = 'intervision') AS intervision
  FROM asked GROUP BY enrolment_id
), presence AS (
  SELECT a.enrolment_id, SUM(a.minutes) AS minutes,
    COUNT(*) FILTER (WHERE asked.kind = 'lesson' AND {had}) AS lessons,
    COUNT(*) FILTER (WHERE asked.kind = 'intervision' AND {had}) AS intervision
  FROM participants_attendance a
  JOIN participants_session s ON s.id = a.session_id
    AND s.closed_at IS NOT NULL AND s.cancelled_at IS NULL
  LEFT JOIN asked ON asked.session_id = a.session_id AND asked.enrolment_id = a.enrolment_id
  {of_a} GROUP BY a.enrolment_id
), exempted AS (
  SELECT enrolment_id,
    SUM(minutes) FILTER (WHERE criterion = 'work') AS work_less,
    SUM(minutes) FILTER (WHERE criterion = 'study') AS study_less,
    COUNT(*) FILTER (WHERE criterion = 'work' AND minutes IS NULL) AS work,
    COUNT(*) FILTER (WHERE criterion = 'study' AND minutes IS NULL) AS study,
    COUNT(*) FILTER (WHERE criterion = 'lessons') AS lessons,
    COUNT(*) FILTER (WHERE criterion = 'intervision') AS intervision,
    COUNT(*) FILTER (WHERE criterion = 'pop') AS pop,
    COUNT(*) FILTER (WHERE criterion = 'gop') AS gop,
    COUNT(*) FILTER (WHERE criterion = 'interview') AS interview
  FROM participants_exemption {of_these_and} withdrawn_at IS NULL GROUP BY enrolment_id
), talks AS (
  SELECT enrolment_id,
    COUNT(*) FILTER (WHERE status = 'final' AND result = 'pass') AS passed,
    COUNT(*) FILTER (WHERE status = 'planned') AS planned
  FROM participants_finalinterview {of_these} GROUP BY enrolment_id
), figures AS (
  SELECT p.id,
    COALESCE(h.work, 0) AS work, COALESCE(h.work_waits, 0) AS work_waits,
    p.work_minutes - COALESCE(x.work_less, 0) AS work_norm,
    COALESCE(h.study, 0) + COALESCE(a.minutes, 0) AS study,
    COALESCE(h.study_waits, 0) AS study_waits,
    CASE WHEN p.study_required THEN p.study_minutes - COALESCE(x.study_less, 0) ELSE 0 END
      AS study_norm,
    COALESCE(a.lessons, 0) AS lessons,
    COALESCE(m.lessons - COALESCE((m.lessons + p.may_miss_one_in - 1)
      / NULLIF(p.may_miss_one_in, 0), 0), 0) AS lessons_norm,
    COALESCE(a.intervision, 0) AS intervision,
    COALESCE(m.intervision - COALESCE((m.intervision + p.may_miss_one_in - 1)
      / NULLIF(p.may_miss_one_in, 0), 0), 0) AS intervision_norm,
    pop.status AS pop, gop.status AS gop, e.id AS endorsed, t.passed, t.planned,
    COALESCE(x.work, 0) AS no_work, COALESCE(x.study, 0) AS no_study,
    COALESCE(x.lessons, 0) AS no_lessons, COALESCE(x.intervision, 0) AS no_intervision,
    COALESCE(x.pop, 0) AS no_pop, COALESCE(x.gop, 0) AS no_gop,
    COALESCE(x.interview, 0) AS no_interview
  FROM people p
  LEFT JOIN hours h ON h.enrolment_id = p.id
  LEFT JOIN presence a ON a.enrolment_id = p.id
  LEFT JOIN meetings m ON m.enrolment_id = p.id
  LEFT JOIN exempted x ON x.enrolment_id = p.id
  LEFT JOIN talks t ON t.enrolment_id = p.id
  LEFT JOIN participants_developmentplan pop ON pop.enrolment_id = p.id
  LEFT JOIN participants_developmentplan gop ON gop.cohort_id = p.cohort_id
  LEFT JOIN participants_endorsement e
    ON e.enrolment_id = p.id AND e.version_id = gop.completed_version_id
), verdicts AS (
  SELECT figures.*, work >= work_norm OR no_work > 0 AS work_met,
    study >= study_norm OR no_study > 0 AS study_met,
    lessons_norm > 0 AND lessons >= lessons_norm OR lessons >= 1 AND lessons_norm = 0
      OR no_lessons > 0 AS lessons_met,
    intervision_norm > 0 AND intervision >= intervision_norm
      OR intervision >= 1 AND intervision_norm = 0 OR no_intervision > 0 AS intervision_met,
    COALESCE(pop = 'complete', FALSE) OR no_pop > 0 AS pop_met,
    endorsed IS NOT NULL OR no_gop > 0 AS gop_met,
    COALESCE(passed, 0) > 0 OR no_interview > 0 AS interview_met
  FROM figures
)
"""
PAGE = PEOPLE + "SELECT verdicts.*, {all} FROM verdicts ORDER BY id"
READY = PEOPLE + "SELECT COUNT(*) FROM verdicts WHERE {all}"
HAD = (
    "(a.status IN ('present', 'partly') AND a.actively_participated OR a.caught_up_on IS NOT NULL)"
)
ALL = (
    "work_met AND study_met AND lessons_met AND intervision_met AND pop_met AND gop_met"
    " AND interview_met"
)


def page(keys):
    """Rows for the enrolments ``keys``: the key, the figures, and last whether all is met."""
    marks = f"({', '.join(['%s'] * len(keys))})"
    of_these = f"WHERE enrolment_id IN {marks}"
    sql = PAGE.format(
        narrowed=f"WHERE e.id IN {marks}",
        of_these=of_these,
        of_a=f"WHERE a.enrolment_id IN {marks}",
        of_these_and=f"{of_these} AND",
        had=HAD,
        all=ALL,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*keys] * 5)
        return cursor.fetchall()


def ready():
    """How many people meet every criterion, of all that there are."""
    sql = READY.format(narrowed="", of_these="", of_a="", of_these_and="WHERE", had=HAD, all=ALL)
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]
