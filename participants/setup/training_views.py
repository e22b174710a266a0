"""The catalogue of trainings, for who arranges it: what can be chosen, and when it is given."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from participants.setup.acting import acted, made, named, refuse_others
from participants.setup.training_forms import TrainingDateForm, TrainingForm
from participants.trainings import catalogue
from participants.trainings.models import Training, TrainingDate

DEEDS = {
    "weg": (catalogue.archive, gettext_lazy("%s is weggelegd. Wie hem koos, houdt de keuze.")),
    "terug": (catalogue.restore, gettext_lazy("%s is weer te kiezen.")),
}


@require_GET
def listing(request):
    """Everything that the reader may change, in use or not."""
    refuse_others(request.user)
    mine = Training.objects.set_up_by(request.user).select_related("track").with_coming_dates()
    context = {"trainings": mine.on_offer(), "archived": mine.filter(is_active=False)}
    return render(request, "participants/setup/trainings.html", context)


@require_http_methods(["GET", "POST"])
def new(request):
    refuse_others(request.user)
    form = TrainingForm(request.POST or None, by=request.user)
    if training := made(form, catalogue.add, by=request.user):
        messages.success(request, _("%s staat in het aanbod.") % training)
        return redirect("setup:training", pk=training.pk)
    return render(request, "participants/setup/training.html", {"form": form})


@require_http_methods(["GET", "POST"])
def training(request, pk):
    """What it is, and the days on which it is given."""
    found = _found(request.user, pk)
    form = TrainingForm(request.POST or None, instance=found, by=request.user)
    if made(form, catalogue.change, found, by=request.user):
        messages.success(request, _("%s is bewaard.") % found)
        return redirect("setup:trainings")
    return _page(request, found, form, TrainingDateForm())


@require_POST
def add_date(request, pk):
    found = _found(request.user, pk)
    form = TrainingDateForm(request.POST, instance=TrainingDate(training=found))
    if made(form, catalogue.add_date, found, by=request.user):
        messages.success(request, _("Deze dag staat erbij."))
        return redirect("setup:training", pk=pk)
    return _page(request, found, TrainingForm(instance=found, by=request.user), form)


@require_POST
def remove_date(request, pk):
    mine = Training.objects.set_up_by(request.user)
    days = TrainingDate.objects.filter(training__in=mine).select_related("training")
    day = get_object_or_404(days, pk=pk)
    told = _("Deze dag is weg. Wie de training koos, houdt de keuze.")
    return acted(request, catalogue.remove_date, day, told, "setup:training", day.training_id)


@require_POST
def act(request, pk, act):
    """Away, or back."""
    found = _found(request.user, pk)
    deed, told = named(DEEDS, act)
    return acted(request, deed, found, told % found, "setup:trainings")


def _found(user, pk):
    return get_object_or_404(Training.objects.set_up_by(user), pk=pk)


def _page(request, found, form, date_form):
    days = found.dates.coming()
    context = {"training": found, "form": form, "days": days, "date_form": date_form}
    return render(request, "participants/setup/training.html", context)
