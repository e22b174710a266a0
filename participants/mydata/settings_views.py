"""More settings: the devices where one is logged in, and tokens for programs."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from participants.accounts import devices, lost_mailbox, tokens
from participants.accounts.cards import LoginCard
from participants.accounts.doors import ApiToken, Device
from participants.mydata.forms import TokenForm


@never_cache
@require_GET
def settings(request):
    """Devices, ways to log in, and tokens."""
    return _page(request, TokenForm())


@require_POST
def end_device(request, pk):
    """Log out one browser; the own one is logged out in the ordinary way."""
    device = get_object_or_404(Device.objects.owned_by(request.user), pk=pk)
    devices.end(device, by=request.user)
    messages.success(request, _("Uitgelogd: %s.") % device.label)
    return redirect("mydata:settings")


@require_POST
def end_other_devices(request):
    """Log out everywhere but here."""
    key = request.session.session_key
    count = devices.end_others(request.user, by=request.user, but=key)
    said = ngettext("%d ander apparaat is uitgelogd.", "%d andere apparaten zijn uitgelogd.", count)
    messages.success(request, said % count)
    return redirect("mydata:settings")


@never_cache
@require_POST
def make_token(request):
    """The answer itself shows the token: after a redirect nobody could read it any more."""
    form = TokenForm(request.POST)
    if form.is_valid():
        try:
            token, secret = tokens.make(
                request.user, name=form.cleaned_data["name"], by=request.user
            )
        except ValidationError as refusal:
            form.add_error("name", refusal)
        else:
            shown = {"token": token, "secret": secret}
            return render(request, "participants/mydata/token.html", shown)
    return _page(request, form)


@require_POST
def revoke_token(request, pk):
    """End a token; it stays in the list of one's data, not in that of what works."""
    token = get_object_or_404(ApiToken.objects.owned_by(request.user), pk=pk)
    tokens.revoke(token, by=request.user)
    messages.success(request, _("Het token “%s” werkt niet meer.") % token.name)
    return redirect("mydata:settings")


@require_POST
def end_card(request):
    """The card with codes is lost, or not needed any more."""
    lost_mailbox.end_card(request.user, by=request.user)
    messages.success(request, _("Je kaart werkt niet meer."))
    return redirect("mydata:settings")


def _page(request, form):
    return render(
        request,
        "participants/mydata/settings.html",
        {
            "devices": Device.objects.owned_by(request.user).logged_in(),
            "here": request.session.session_key,
            "card": LoginCard.objects.owned_by(request.user).working().first(),
            "tokens": ApiToken.objects.owned_by(request.user).working(),
            "form": form,
        },
    )
