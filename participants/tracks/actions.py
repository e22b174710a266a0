"""What can happen to tracks and cohorts."""

from participants.tracks.models import Cohort


def start_cohort(track, *, name, starts_on, ends_on, **facts):
    """A new cohort of ``track`` with the norms of today pinned on it.

    Later changes of the track leave this cohort as it is (domain: norms are pinned).
    """
    return Cohort.objects.create(
        track=track,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        **{**track.norms(), **facts},
    )
