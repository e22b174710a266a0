"""No figures over fewer than five people; also not by taking what is shown from a total."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participants.overview.shielding import FEWEST, Group, shield


def track(*people, known=()):
    """A track with a cohort of so many people each; ``known`` are places of cohorts one staffs."""
    return Group(
        "track", parts=[Group(place, many, place in known) for place, many in enumerate(people)]
    )


def shown(group):
    return [part.shown for part in group.parts]


@pytest.mark.parametrize(("people", "seen"), [(4, False), (5, True), (6, True), (0, True)])
def test_a_figure_is_shown_from_five_people_on_and_when_it_is_about_nobody(people, seen):
    assert shield(Group("cohort", people)).shown is seen


def test_one_that_is_hidden_takes_the_smallest_that_is_large_enough_along():
    assert shown(shield(track(24, 3, 9))) == [True, False, False]


def test_two_that_are_hidden_and_hold_five_together_need_no_third():
    assert shown(shield(track(24, 3, 2))) == [True, False, False]
    assert shown(shield(track(24, 2, 2))) == [False, False, False]


def test_a_total_over_fewer_than_five_is_hidden_with_all_that_adds_up_to_it():
    group = shield(track(2, 1))
    assert not group.shown
    assert shown(group) == [False, False]


def test_a_track_that_hides_for_another_shows_none_of_its_cohorts():
    small, large = track(4), track(6, 7)
    year = shield(Group("year", parts=[small, large]))
    assert (year.shown, small.shown, large.shown) == (True, False, False)
    assert shown(large) == [False, False]


def test_who_works_with_a_cohort_sees_its_figures_and_still_not_those_of_another():
    group = shield(track(3, 24, 2, known={0}))
    assert shown(group) == [True, False, False]
    assert shield(track(3, known={0})).shown


def leaves(group):
    return [leaf for part in group.parts for leaf in leaves(part)] if group.parts else [group]


def everything(group):
    return [group, *(each for part in group.parts for each in everything(part))]


def solves(rows, wanted):
    """Whether ``wanted`` is a sum of multiples of ``rows`` (vectors of whole numbers)."""
    return rank([*rows, wanted]) == rank(rows)


def rank(rows):
    rows, done = [[Fraction(cell) for cell in row] for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows[done:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(done, pivot)
        for row in rows[done + 1 :]:
            factor = row[column] / pivot[column]
            row[:] = [cell - factor * over for cell, over in zip(row, pivot, strict=True)]
        done += 1
    return done


def worked_out(year):
    """The sets of unknown cohorts, of fewer than five people, that what is shown adds up to."""
    every = leaves(year)
    unknown = [leaf for leaf in every if not leaf.known and leaf.people]
    told = [group for group in everything(year) if group.shown]
    rows = [[int(leaf in leaves(group)) for leaf in every] for group in told]
    rows += [[int(leaf is known) for leaf in every] for known in every if known not in unknown]
    few = [
        some
        for size in range(1, min(len(unknown), FEWEST) + 1)
        for some in combinations(unknown, size)
        if sum(leaf.people for leaf in some) < FEWEST
    ]
    return [some for some in few if solves(rows, [int(leaf in some) for leaf in every])]


COHORT = st.builds(Group, st.none(), st.integers(0, 12), st.booleans())
TRACK = st.builds(Group, st.none(), parts=st.lists(COHORT, min_size=1, max_size=3))
YEAR = st.builds(Group, st.none(), parts=st.lists(TRACK, min_size=1, max_size=3))


@settings(deadline=None, max_examples=200, derandomize=True)
@given(YEAR)
def test_nothing_about_fewer_than_five_follows_by_subtraction(year):
    shield(year)
    assert worked_out(year) == []


def test_what_follows_by_subtraction_is_found():
    """The check itself: a total beside all but one of its parts."""
    year = Group("year", parts=[track(24, 3)])
    year.parts[0].parts[1].shown = False
    assert [leaf.people for (leaf,) in worked_out(year)] == [3]
