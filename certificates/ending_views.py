"""The pages on which a certificate ends; each says first what that does."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from certificates import ending
from certificates.forms import NoteForm, RevokeForm, WithdrawForm
from certificates.models import Revocation
from certificates.views import address_of, done, registered
from participants.accounts import stepup

# What needs no words, and what does: the act, and what is said when it is done.
AT_ONCE = {
    "confirm": (ending.confirm, gettext_lazy("%s is ingetrokken.")),
    "take_back": (ending.take_back, gettext_lazy("Je vraag is weg. %s blijft geldig.")),
}
ANSWERS = {
    "reject": (ending.reject, gettext_lazy("%s blijft geldig. Je collega krijgt een mail.")),
}


@require_http_methods(["GET", "POST"])
@stepup.required
def revoke(request, number):
    """Revoke, or ask a second person; before the award date it is taken back instead."""
    certificate = registered(request, number)
    if not certificate.is_awarded:
        return redirect("certificates:withdraw", number=number)
    form = RevokeForm(request.POST or None)
    if form.is_valid():
        came = done(form, ending.revoke, certificate, by=request.user, **form.cleaned_data)
        if came:
            messages.success(request, _said(certificate, came))
            return redirect("certificates:detail", number=number)
    takes_two = certificate.enrolment.cohort.track.revoking_takes_two
    context = {
        "certificate": certificate,
        "form": form,
        "takes_two": takes_two,
        "alone": takes_two and not ending.second_people(certificate, request.user),
        "cancel": address_of(certificate),
    }
    return render(request, "certificates/revoke.html", context)


@require_http_methods(["GET", "POST"])
@stepup.required
def withdraw(request, number):
    """Take back before the award date."""
    certificate = registered(request, number)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if done(form, ending.withdraw, certificate, by=request.user, reason=reason):
            messages.success(request, _("%s wordt niet uitgereikt.") % number)
            return redirect("certificates:detail", number=number)
    context = {"certificate": certificate, "form": form, "cancel": address_of(certificate)}
    return render(request, "certificates/withdraw.html", context)


@require_http_methods(["GET", "POST"])
@stepup.required
def revocation(request, pk):
    """What a colleague asks, for the second person; and how it went, for who asked."""
    asked = _visible(request, pk)
    answer = request.POST.get("answer")
    form = NoteForm(request.POST if answer == "reject" else None)
    if answer in AT_ONCE or form.is_valid():
        _give(request, asked, answer, getattr(form, "cleaned_data", {}))
        return redirect("certificates:revocation", pk=pk)
    mine = Revocation.objects.waiting().filter(pk=pk)
    context = {
        "asked": asked,
        "certificate": asked.certificate,
        "form": form,
        "may_answer": mine.answerable_by(request.user).exists(),
        "may_take_back": mine.asked_by(request.user).exists(),
    }
    return render(request, "certificates/revocation.html", context)


def _visible(request, pk):
    rows = Revocation.objects.visible_to(request.user)
    related = ("certificate__enrolment__cohort", "asked_by", "answered_by")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def _give(request, asked, answer, note):
    act, sentence = (ANSWERS | AT_ONCE)[answer]
    try:
        act(asked, by=request.user, **note)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, sentence % asked.certificate.number)


def _said(certificate, came):
    if isinstance(came, Revocation):
        return _("Een tweede persoon kijkt mee. Tot die beslist, blijft %s geldig.") % (
            certificate.number
        )
    return _("%s is ingetrokken.") % certificate.number
