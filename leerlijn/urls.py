from allauth.account.decorators import secure_admin_login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.urls import include, path

from leerlijn.health import healthz, readyz
from participants.accounts.lost_mailbox_views import CardLogin
from participants.accounts.mailed_codes import AskCode, EnterCode, ShowByCode
from participants.accounts.passkeys import AddPasskey
from participants.accounts.second_factor_views import (
    ActivateApp,
    Authenticate,
    RemoveKey,
    still_you,
)
from participants.admin import site

# One door for everybody, with its rate limits and second factor.
site.login = secure_admin_login(site.login)  # type: ignore[method-assign]


@login_not_required
def closed(request):
    """Staff makes the accounts and knows the addresses: nobody signs up or moves house here."""
    raise Http404


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("accounts/signup/", closed, name="closed-signup"),
    path("accounts/email/", closed, name="closed-email"),
    path("accounts/login/code/", AskCode.as_view(), name="account_request_login_code"),
    path("accounts/login/code/confirm/", EnterCode.as_view(), name="account_confirm_login_code"),
    path("accounts/login/kaart/", CardLogin.as_view(), name="card-login"),
    path("mensen/", include("participants.accounts.lost_mailbox_urls")),
    path("accounts/reauthenticate/code/", ShowByCode.as_view(), name="reauthenticate-by-code"),
    path("accounts/2fa/webauthn/add/", still_you(AddPasskey.as_view()), name="mfa_add_webauthn"),
    path(
        "accounts/2fa/webauthn/keys/<int:pk>/remove/",
        RemoveKey.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("accounts/2fa/totp/activate/", still_you(ActivateApp.as_view()), name="mfa_activate_totp"),
    path("accounts/2fa/authenticate/", Authenticate.as_view(), name="mfa_authenticate"),
    path("accounts/", include("allauth.urls")),
    path("tweede-stap/", include("participants.accounts.second_factor_urls")),
    path("api/v1/", include("leerlijn.api_urls")),
    path("", include("leerlijn.pages")),
    path("", include("participants.kept.urls")),
    path("gesprekken/", include("participants.interviews.urls")),
    path("plannen/", include("participants.plans.urls")),
    path("lessen/", include("participants.sessions.urls")),
    path("agenda/", include("participants.agenda.urls")),
    path("", include("certificates.urls")),
    path("", include("participants.hours.urls")),
    path("trainingen/", include("participants.trainings.urls")),
    path("", include("participants.confirmations.urls")),
    path("leerplekken/", include("participants.placements.urls")),
    path("mijn-gegevens/", include("participants.mydata.urls")),
    path("", include("participants.erasing.urls")),
    path("", include("participants.pace.urls")),
    path("", include("participants.messages.urls")),
    path("inrichten/", include("participants.setup.urls")),
    path("mail-die-niet-aankwam/", include("participants.bounces.urls")),
    path("wat-gaat-eruit/", include("participants.outgoing.urls")),
    path("", include("participants.exports.urls")),
    path("", include("participants.overview.urls")),
    path("", include("participants.enrolments.urls")),
    path("beheer/", site.urls),
]
