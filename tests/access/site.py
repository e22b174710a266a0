"""What belongs to the site as a whole: for machines, and doors that stay shut."""

from tests.access import Rule

RULES = [
    Rule("healthz", everyone=200),
    Rule("readyz", everyone=200),
    Rule("favicon", everyone=302, anonymous=302),
    Rule("robots", everyone=200),
    Rule("security", everyone=404),  # nobody is named in the settings of the tests
    Rule("closed-signup", everyone=404),
    Rule("closed-email", everyone=404),
    Rule("api:not-found"),
    Rule("api:manual", everyone=200),
]
