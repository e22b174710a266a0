"""Pages of packages: the login's own, and the site of administrators."""

from tests.access import Rule, everybody

MODELS = {
    "cohort": lambda world: world.cohort,
    "learningplace": lambda world: world.placement.place,
    "learningtrack": lambda world: world.cohort.track,
    "training": lambda world: world.training,
    "user": lambda world: world.participant,
}
SHOWN = {"administrator": 200}
REFUSED = {"administrator": 403}
# All but people are arranged where their rules are kept.
ONLY_LOOKED_AT = MODELS.keys() - {"user"}


def one(model):
    return lambda world: {"object_id": MODELS[model](world).pk}


def admin(route, method="get", allow=SHOWN, **facts):
    """Whoever is no administrator is led to the way in, as is a stranger."""
    return Rule(f"admin:{route}", method, allow=allow, others=302, **facts)


def pages(model):
    """The pages of one model: nothing is deleted there."""
    of = f"participants_{model}"
    adds = REFUSED if model in ONLY_LOOKED_AT else SHOWN
    return [
        admin(f"{of}_changelist"),
        admin(f"{of}_changelist", "post"),
        admin(f"{of}_add", allow=adds),
        admin(f"{of}_add", "post", allow=adds),
        admin(f"{of}_change", args=one(model)),
        admin(f"{of}_change", "post", args=one(model), allow=adds),
        admin(f"{of}_history", args=one(model)),
        admin(f"{of}_history", "post", args=one(model)),
        admin(f"{of}_delete", allow=REFUSED, args=one(model)),
        admin(f"{of}_delete", "post", allow=REFUSED, args=one(model)),
    ]


def login(route, anonymous=None, status=200, method="get", **facts):
    return Rule(route, method, allow=everybody(status), anonymous=anonymous, **facts)


def sent(route, **facts):
    return login(route, method="post", **facts)


def address(world):
    return {"email": world.participant.email}


def guess(world):
    return {"login": "niemand@leerlijn.example", "password": "mis"}


RULES = [
    *(rule for model in MODELS for rule in pages(model)),
    admin("index"),
    admin("index", "post"),
    admin("app_list", args=lambda w: {"app_label": "participants"}),
    admin("app_list", "post", args=lambda w: {"app_label": "participants"}),
    admin("autocomplete", allow=REFUSED),
    admin("jsi18n"),
    Rule("admin:login", allow={"administrator": 302}, others=403, halfway=302),
    Rule("admin:login", "post", allow=SHOWN, others=403, halfway=302),
    admin("logout", "post", allow={"administrator": 200}),
    admin("password_change", allow={"administrator": 302}),
    admin("password_change_done", allow={"administrator": 302}),
    admin(
        "view_on_site",
        allow={"administrator": 404},
        args=lambda w: {"content_type_id": 1, "object_id": 1},
    ),
    Rule("api:schema", everyone=200),
    login("account_login", anonymous=200, status=302),
    login("account_logout", anonymous=302, halfway=200),
    login("account_inactive", anonymous=200),
    login("account_signup", anonymous=404, status=404),
    login("account_email", anonymous=404, status=404),
    login("account_email_verification_sent", anonymous=200),
    login("account_confirm_email", anonymous=200, args=lambda w: {"key": "x"}),
    login("account_request_login_code", anonymous=200, status=302),
    login("account_confirm_login_code", anonymous=302, status=302),
    login("account_reauthenticate", status=302),
    login("account_change_password", status=302),
    login("account_set_password"),
    login("account_reset_password", anonymous=200),
    login("account_reset_password_done", anonymous=200),
    login(
        "account_reset_password_from_key", anonymous=200, args=lambda w: {"uidb36": "1", "key": "x"}
    ),
    login("account_reset_password_from_key_done", anonymous=200),
    login("mfa_index"),
    login("mfa_authenticate", anonymous=302, status=302),
    login("mfa_reauthenticate", status=302),
    login("mfa_reauthenticate_webauthn", status=302),
    login("mfa_activate_totp", halfway=200),
    login("mfa_deactivate_totp", status=404),
    login("mfa_list_webauthn"),
    login("mfa_add_webauthn", halfway=200),
    login("mfa_edit_webauthn", status=404, args=lambda w: {"pk": 1}),
    login("mfa_remove_webauthn", status=404, args=lambda w: {"pk": 1}),
    login("mfa_login_webauthn", anonymous=302, status=302),
    # What is sent to them. Who is halfway and logs in anew begins anew.
    sent("account_login", data=guess, anonymous=200, status=302),
    sent("account_logout", anonymous=302, status=302),
    sent("account_request_login_code", data=address, anonymous=302, status=302),
    sent("account_confirm_login_code", data=lambda w: {"code": "0"}, anonymous=302, status=302),
    sent("account_reauthenticate", data=guess, status=302),
    sent("account_change_password", status=302),
    sent("account_set_password", data=lambda w: {"password1": "kort", "password2": "kort"}),
    sent("account_reset_password", data=address, anonymous=302, status=302),
    sent(
        "account_reset_password_from_key", anonymous=200, args=lambda w: {"uidb36": "1", "key": "x"}
    ),
    sent("mfa_authenticate", data=lambda w: {"code": "0"}, anonymous=302, status=302),
    sent("mfa_reauthenticate", data=lambda w: {"code": "0"}, status=302),
    sent("mfa_reauthenticate_webauthn", status=302),
    sent("mfa_activate_totp", data=lambda w: {"code": "0"}, halfway=200),
    sent("mfa_deactivate_totp", status=404),
    sent("mfa_add_webauthn", halfway=200),
    sent("mfa_edit_webauthn", status=404, args=lambda w: {"pk": 1}),
    sent("mfa_remove_webauthn", status=404, args=lambda w: {"pk": 1}),
    sent("mfa_login_webauthn", anonymous=302, status=302),
]

# What an administrator finds there; no plan, no interview, no hours (domain: who may do what).
REGISTERED = {f"participants.{model}" for model in MODELS}
