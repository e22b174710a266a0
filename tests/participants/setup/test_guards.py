"""A criterion that was asked keeps its words, whoever writes and past whatever."""

import pytest
from django.db import IntegrityError, connection, transaction

from participants.models import CohortCriterion, InterviewCriterion
from participants.setup.guards import CRITERION, PINNED, WORDS
from tests.factories import CohortFactory, InterviewCriterionFactory, LearningTrackFactory

pytestmark = pytest.mark.django_db
NAME = "a_criterion_that_was_asked_keeps_its_words"


@pytest.fixture
def pinned():
    cohort = CohortFactory()
    criterion = InterviewCriterionFactory(track=cohort.track)
    return CohortCriterion.objects.create(cohort=cohort, criterion=criterion, position=1)


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize("column", WORDS)
def test_plain_sql_cannot_reword_one_that_is_pinned(pinned, column):
    other = {"required": False, "track_id": LearningTrackFactory().pk}.get(column, "Anders")
    with pytest.raises(IntegrityError, match=NAME):
        sql(f"UPDATE {CRITERION} SET {column} = %s", other)


def test_nor_can_a_save_or_an_update(pinned):
    criterion = pinned.criterion
    criterion.title = "Anders"
    with pytest.raises(IntegrityError, match=NAME), transaction.atomic():
        criterion.save()
    with pytest.raises(IntegrityError, match=NAME), transaction.atomic():
        InterviewCriterion.objects.update(title="Anders")
    criterion.refresh_from_db()
    assert criterion.title != "Anders"


def test_what_was_pinned_is_not_pinned_otherwise(pinned):
    other = InterviewCriterionFactory(track=pinned.cohort.track, position=9)
    with pytest.raises(IntegrityError, match="what_was_pinned_on_a_cohort_stays_as_it_was"):
        sql(f"UPDATE {PINNED} SET criterion_id = %s", other.pk)


def test_sqlite_cannot_put_another_row_in_its_place(pinned):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has INSERT OR REPLACE")
    sql("PRAGMA foreign_keys")
    columns = [field.column for field in InterviewCriterion._meta.local_concrete_fields]
    same = ", ".join("'Anders'" if column == "title" else column for column in columns)
    with pytest.raises(IntegrityError, match="a_criterion_that_was_asked_is_never_replaced"):
        sql(
            f"INSERT OR REPLACE INTO {CRITERION} ({', '.join(columns)})"
            f" SELECT {same} FROM {CRITERION}"
        )


def test_its_place_and_use_still_change_and_so_does_one_that_nobody_goes_by(pinned):
    sql(f"UPDATE {CRITERION} SET position = 7, is_active = %s", False)
    free = InterviewCriterionFactory(track=pinned.cohort.track)
    sql(f"UPDATE {CRITERION} SET title = 'Anders' WHERE id = %s", free.pk)
    free.refresh_from_db()
    assert free.title == "Anders"
