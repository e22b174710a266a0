"""Helping somebody in who lost their mailbox, and logging in with a card."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.mixins import NextRedirectMixin, RedirectAuthenticatedUserMixin
from allauth.account.models import Login
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.generic import FormView

from participants.accounts import lost_mailbox, names, stepup
from participants.accounts.cards import LoginCard, last_day
from participants.accounts.lost_mailbox_forms import AddressForm, CardForm, FindForm, KnownForm

PAGE = 50


@require_GET
def people(request):
    """Whom the reader may help, by name; staff at once, everybody when searched for."""
    helped = lost_mailbox.helped_by(request.user)
    if not lost_mailbox.helps(request.user):
        raise PermissionDenied
    form = FindForm(request.GET)
    asked = form.cleaned_data["zoek"] if form.is_valid() else ""
    found = helped.filter(names.matching(asked)) if asked else helped.exclude(roles=None)
    page = Paginator(found.order_by("name_key", "pk").distinct(), PAGE)
    context = {"page_obj": page.get_page(request.GET.get("page")), "form": form}
    return render(request, "account/lost_mailbox/people.html", context)


@never_cache
@require_GET
def person(request, pk):
    """What can be done for somebody who cannot log in."""
    found = _helped(request, pk)
    card = LoginCard.objects.owned_by(found).working().first()
    return render(request, "account/lost_mailbox/person.html", {"person": found, "card": card})


@never_cache
@require_http_methods(["GET", "POST"])
@stepup.required
def address(request, pk):
    """Another e-mail address, told by the person."""
    found = _helped(request, pk)
    form = AddressForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            lost_mailbox.set_address(found, email, by=request.user, reason=form.reason)
        except ValidationError as refusal:
            form.add_error("email", refusal)
        else:
            said = _("%(name)s logt nu in met %(email)s. Laat het meteen proberen.")
            messages.success(request, said % {"name": found.first_name, "email": found.email})
            return redirect("lost-mailbox:person", pk=pk)
    context = {"person": found, "form": form}
    return render(request, "account/lost_mailbox/address.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@stepup.required
def card(request, pk):
    """Asks, and then the answer itself is the card: nobody can read it again later."""
    found = _helped(request, pk)
    form = KnownForm(request.POST or None)
    if form.is_valid():
        codes = lost_mailbox.print_card(found, by=request.user, reason=form.reason)
        context = {"person": found, "codes": codes, "ends_on": last_day()}
        return render(request, "account/lost_mailbox/card.html", context)
    context = {"person": found, "form": form}
    return render(request, "account/lost_mailbox/ask_card.html", context)


@require_POST
def end_card(request, pk):
    """The card is lost, or not needed any more."""
    found = _helped(request, pk)
    lost_mailbox.end_card(found, by=request.user)
    messages.success(request, _("De kaart werkt niet meer."))
    return redirect("lost-mailbox:person", pk=pk)


def _helped(request, pk):
    return get_object_or_404(lost_mailbox.helped_by(request.user), pk=pk)


class CardLogin(RedirectAuthenticatedUserMixin, NextRedirectMixin, FormView):
    """An e-mail address and one of the ten codes; who has a role shows a second factor too."""

    form_class = CardForm
    template_name = "account/lost_mailbox/login.html"

    def form_valid(self, form):
        record_authentication(self.request, form.user, method="card")
        login = Login(user=form.user, email=form.user.email, redirect_url=self.get_next_url())
        return perform_login(self.request, login)
