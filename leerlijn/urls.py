from allauth.account.decorators import secure_admin_login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.urls import include, path

from leerlijn.health import healthz
from participants.accounts.passkeys import AddPasskey
from participants.admin import site

# One door for everybody, with its rate limits and second factor.
site.login = secure_admin_login(site.login)  # type: ignore[method-assign]


@login_not_required
def closed(request):
    """Staff makes the accounts and knows the addresses: nobody signs up or moves house here."""
    raise Http404


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/signup/", closed, name="closed-signup"),
    path("accounts/email/", closed, name="closed-email"),
    path("accounts/2fa/webauthn/add/", AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("accounts/", include("allauth.urls")),
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
    path("", include("participants.pace.urls")),
    path("", include("participants.messages.urls")),
    path("inrichten/", include("participants.setup.urls")),
    path("wat-gaat-eruit/", include("participants.outgoing.urls")),
    path("", include("participants.exports.urls")),
    path("", include("participants.overview.urls")),
    path("", include("participants.enrolments.urls")),
    path("beheer/", site.urls),
]
