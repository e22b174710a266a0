"""Choosing a second factor, showing it, printing codes, and helping who lost theirs."""

from functools import wraps

from allauth.account.stages import LoginStageController
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from django.views.generic import TemplateView

from participants.accounts import demo_codes, factors, resetting, second_factor, stepup
from participants.accounts.second_factor_forms import ResetForm


def still_you(view):
    """Decorates what adds a factor: asked is whether it is still you, but not on the way in.

    The package asks it too, of who has a password or a factor to show; not of anybody else.
    """
    asks_first = stepup.required(view, methods=("GET", "POST"))

    @never_cache
    @wraps(view)
    def shown(request, *args, **kwargs):
        on_the_way_in = second_factor.is_first_time(request)
        return (view if on_the_way_in else asks_first)(request, *args, **kwargs)

    return shown


@never_cache
@require_GET
def begin(request):
    """Where a session goes that lacks something; with nothing lacking, to where it was going."""
    missing = second_factor.lacking(request, request.user)
    if missing is None:
        return redirect(second_factor.onwards(request, "/"))
    if missing is second_factor.CHOICE:
        return render(request, "account/second_factor/choice.html")
    if missing is second_factor.LOGIN_AGAIN:
        return render(request, "account/second_factor/login_again.html")
    return redirect(missing.route)


class Authenticate(AuthenticateView):
    """The second step of logging in."""

    @method_decorator(login_not_required)
    def dispatch(self, request, *args, **kwargs):
        stage = LoginStageController.enter(request, AuthenticateStage.key)
        if stage and not factors.asked_of(stage.login.user).exists():
            # Taken away just now. They go on and choose anew; the package would turn in a circle.
            return stage.exit()
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        user = self.stage.login.user
        return super().get_context_data(**kwargs) | {
            "has_key": factors.of(user).filter(type=factors.KEY).exists(),
            "has_codes": factors.of(user).exclude(type=factors.KEY).exists(),
            "action_url": self.request.path,
            "demo": demo_codes.has_codes(user),
            "demo_code": demo_codes.code_for(user),
        }


class Again:
    """What ``Authenticate`` knows of a login that goes on, of who is logged in already."""

    def __init__(self, request):
        self.request, self.login = request, self
        self.user = request.user

    def exit(self):
        second_factor.opened(self.request)
        return redirect("second_factor:begin")


class Step(Authenticate):
    """The same step for who is logged in already: a role was given, or codes are on paper now."""

    def dispatch(self, request, *args, **kwargs):
        if second_factor.passed(request, request.user):
            return redirect("second_factor:begin")
        self.stage = Again(request)
        self.form = self._build_forms()
        # Not by way of the parent, which asks for a login that is half-way.
        return TemplateView.dispatch(self, request, *args, **kwargs)


class ActivateApp(ActivateTOTPView):
    """An app: its first code is used by that, and codes on paper come after it."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "first_time": second_factor.is_first_time(self.request),
            "secret": factors.in_fours(context["form"].secret),
        }

    def form_valid(self, form):
        response = super().form_valid(form)
        app = factors.of(self.request.user).get(type=factors.APP)
        factors.use_up(app, form.counter)
        second_factor.note(self.request, app)
        return response

    def get_success_url(self):
        if factors.has_paper(self.request.user):
            return reverse("mfa_index")
        return reverse("second_factor:paper")


class RemoveKey(RemoveWebAuthnView):
    """A key goes, unless it is the last that somebody with a role has."""

    def form_valid(self, form):
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_list_webauthn")
        return super().form_valid(form)


@still_you
def paper(request):
    """Ten codes to print. The answer to the POST shows them, and nothing does so later."""
    context = {"first_time": second_factor.is_first_time(request)}
    if request.method == "POST":
        return _printed(request, context)
    context["left"] = factors.standing(request.user).codes
    return render(request, "account/second_factor/paper.html", context)


def _printed(request, context):
    codes = factors.print_paper(request.user, by=request.user)
    second_factor.printed(request)
    # Alone they count once one of them was typed over: then we know that they are on paper.
    alone = not factors.asked_of(request.user).exclude(type=factors.PAPER).exists()
    must_prove = alone and not second_factor.passed(request, request.user)
    shown = context | {"codes": map(factors.in_fours, codes), "must_prove": must_prove}
    return render(request, "account/second_factor/printed.html", shown)


@require_GET
def others(request):
    """The people whose second factor the reader may take away, with what they have."""
    if not resetting.helps_others(request.user):
        raise Http404
    people = resetting.resettable_by(request.user).filter(factors.having_any())
    people = people.distinct().prefetch_related("roles__cohort", "authenticator_set")
    return render(request, "account/second_factor/others.html", {"people": people})


def reset(request, pk):
    """Asks why, and takes away the second factors of one person."""
    person = get_object_or_404(resetting.resettable_by(request.user), pk=pk)
    form = ResetForm(request.POST or None)
    if form.is_valid():
        try:
            resetting.reset(person, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("%s kiest bij het inloggen een nieuwe.") % person.name)
            return redirect("second_factor:others")
    asked = {
        "title": _("De extra stap van %s weghalen?") % person.name,
        "text": _(
            "Bel eerst terug op een nummer dat je al had, of spreek af. Wie mailt dat de telefoon "
            "weg is, kan ook iemand anders zijn. Overal wordt uitgelogd, en tokens stoppen. Bij "
            "het inloggen kiest deze persoon een nieuwe stap. We mailen dat het gebeurde."
        ),
        "action": _("Haal weg"),
        "cancel": reverse("second_factor:others"),
        "form": form,
    }
    return render(request, "confirm.html", asked)
