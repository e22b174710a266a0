"""The paper of a track: nobody's, somebody's, and with every picture on it."""

from certificates.letterheads import actions
from participants.models import LearningTrack
from tests.browser.states import State
from tests.certificates.example import FIRST, LOGO, LONG_TRACK, SECOND
from tests.factories import CohortFactory, LearningTrackFactory, RoleFactory, UserFactory


def nobody():
    return UserFactory(), "/papier/"


def some_tracks():
    user = RoleFactory(coordinator=True).user
    LearningTrackFactory(name=LONG_TRACK)
    return user, "/papier/"


def bare():
    role = RoleFactory(kind="coordinator", cohort=CohortFactory())
    return role.user, f"/papier/{role.cohort.track_id}/"


def with_pictures():
    user, address = bare()
    pictures = {"logo": LOGO, "first_signature": FIRST, "second_signature": SECOND}
    track = LearningTrack.objects.set_up_by(user).get()
    actions.change(track, {"opening": "Vol trots zeggen wij"}, pictures, by=user, revision=0)
    return user, address


STATES = [
    State("paper, of nobody", nobody),
    State("paper, the tracks", some_tracks),
    State("paper, as it always was", bare),
    State("paper, with words and pictures of its own", with_pictures),
]
