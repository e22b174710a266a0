"""The messages of who takes part, and what everybody wants in the mail."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from participants.messages import choosing, writing
from participants.messages.models import Delivery
from participants.tracks.models import Cohort

A_PAGE = 20
SAID = {
    (choosing.REMINDERS, True): _("Je krijgt weer hooguit één mail in de week."),
    (choosing.REMINDERS, False): _("Je krijgt deze mails niet meer. Berichten komen nog wel."),
    (choosing.DIGEST, True): _("Je krijgt het weekoverzicht weer."),
    (choosing.DIGEST, False): _("Je krijgt het weekoverzicht niet meer."),
}


@require_GET
def listing(request):
    """One's own messages, the newest first."""
    own = Delivery.objects.owned_by(request.user).newest_first().select_related("message__cohort")
    page = Paginator(own, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "participants/messages/list.html", {"page": page})


@never_cache
@require_GET
def read(request, pk):
    """One message, and how to answer it."""
    own = Delivery.objects.owned_by(request.user).select_related("message__cohort__track")
    delivery = get_object_or_404(own.select_related("message__author"), pk=pk)
    writing.read(delivery)
    context = {
        "message": delivery.message,
        "contact": Cohort.objects.helping(delivery.message.cohort),
    }
    return render(request, "participants/messages/read.html", context)


def choice(request):
    """GET shows what comes in the mail; POST with ``which`` and ``on`` changes one of them."""
    if request.method == "POST":
        which, on = request.POST.get("which"), request.POST.get("on") == "yes"
        if (which, on) in SAID:
            choosing.switch(which, on, by=request.user)
            messages.success(request, SAID[which, on])
        return redirect("messages:choice")
    return render(
        request, "participants/messages/choice.html", {"choice": choosing.of(request.user)}
    )
