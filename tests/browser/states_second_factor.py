"""The second factor: chosen the first time, shown later, printed, and taken away by others."""

from participants.accounts import demo_codes
from tests.browser.states import State
from tests.factories import CohortFactory, RoleFactory

LONG = "Maria-Fernanda Wilhelmina van der Grinten-Oyelaran de Bruin"


def newcomer():
    return RoleFactory(coordinator=True).user


def with_app():
    user = RoleFactory(coordinator=True, user__is_demo=True).user
    demo_codes.give(user)
    return user


def at(address, who):
    return lambda: (who(), address)


def lost_by_others():
    cohort = CohortFactory()
    for name in (LONG, "Samira Aalbers"):
        role = RoleFactory(cohort=cohort, user__name=name, user__is_demo=True)
        demo_codes.give(role.user)
    return RoleFactory(kind="coordinator", cohort=cohort).user, role.user


def others():
    office, _lost = lost_by_others()
    return office, "/tweede-stap/anderen/"


def reset():
    office, lost = lost_by_others()
    return office, f"/tweede-stap/anderen/{lost.pk}/"


STATES = [
    State("second factor, the choice", at("/tweede-stap/", newcomer), halfway=True),
    State(
        "second factor, an app the first time",
        at("/accounts/2fa/totp/activate/", newcomer),
        halfway=True,
    ),
    State(
        "second factor, a key the first time",
        at("/accounts/2fa/webauthn/add/", newcomer),
        halfway=True,
    ),
    State(
        "second factor, paper the first time",
        at("/tweede-stap/herstelcodes/", newcomer),
        halfway=True,
    ),
    State("second factor, paper again", at("/tweede-stap/herstelcodes/", with_app)),
    State("second factor, a code", at("/tweede-stap/code/", with_app), halfway=True),
    State("second factor, all that somebody has", at("/accounts/2fa/", with_app)),
    State("second factor, lost by others", others),
    State("second factor, lost by nobody", at("/tweede-stap/anderen/", newcomer)),
    State("second factor, taken away", reset),
]
