from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from participants.accounts.models import Role
from participants.enrolments.models import Enrolment
from participants.trainings import actions
from participants.trainings.filters import TrainingFilter
from participants.trainings.forms import AnswerForm, ChoiceForm, ProposalForm
from participants.trainings.models import ANSWERERS, Training, TrainingChoice, TrainingDate

PAGE_SIZE = 25


@require_safe
def index(request):
    """The catalogue; for participants with their own choices above it."""
    user = request.user
    offered = Training.objects.visible_to(user).on_offer().with_choice_of(user)
    offered = offered.with_coming_dates()
    chosen = TrainingFilter(request.GET, queryset=offered, request=request)
    answers = Role.objects.of(user, *ANSWERERS).exists()
    return render(
        request,
        "participants/trainings/list.html",
        {
            "filter": chosen,
            "trainings": Paginator(chosen.qs, PAGE_SIZE).get_page(request.GET.get("page")),
            "enrolments": active_enrolments(user).select_related("cohort"),
            "choices": own_choices(user),
            "answers": answers,
            "waiting": answerable(user).count() if answers else 0,
        },
    )


@require_POST
def choose(request, pk):
    training = get_object_or_404(Training.objects.visible_to(request.user), pk=pk)
    form = ChoiceForm(request.POST, enrolments=Enrolment.objects.visible_to(request.user))
    if not form.is_valid():
        raise Http404
    try:
        actions.choose(form.cleaned_data["enrolment"], training, by=request.user)
        messages.success(request, _("%s staat bij je keuzes.") % training)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    return redirect("trainings:list")


def propose(request):
    enrolments = active_enrolments(request.user)
    if not enrolments:
        raise PermissionDenied
    form = ProposalForm(request.POST or None, enrolments=enrolments)
    if form.is_valid():
        try:
            actions.propose(**form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Je voorstel is verstuurd. Je trainer antwoordt erop."))
            return redirect("trainings:list")
    return render(request, "participants/trainings/proposal_form.html", {"form": form})


def drop(request, pk):
    """Asks; and then lets go, with a way to take it up again."""
    choice = found(request, pk)
    if not TrainingChoice.objects.owned_by(request.user).contains(choice):
        raise PermissionDenied
    if request.method == "POST":
        return act(request, actions.drop, choice, _("%s staat niet meer bij je keuzes."))
    facts = {
        "title": _("Laat je deze training vallen?"),
        "text": _("Bedenk je je? Dan haal je hem zo weer terug."),
        "details": [(_("Training"), choice.title)],
        "action": _("Laat vallen"),
        "cancel": reverse("trainings:list"),
    }
    return render(request, "confirm.html", facts)


@require_POST
def restore(request, pk):
    """Takes back that it was dropped."""
    return act(request, actions.restore, found(request, pk), _("%s staat weer bij je keuzes."))


@require_POST
def complete(request, pk):
    """Followed. Its hours are offered, filled in as far as we know them."""
    choice = found(request, pk)
    told = _("Mooi, %s is gevolgd.")
    if choice.has_register:
        told = _("Mooi, %s is gevolgd. De uren komen uit de presentielijst.")
    response = act(request, actions.complete, choice, told)
    if choice.hours_are_typed:
        form = f"{reverse('hours:new')}?training={choice.pk}"
        offer = _('Je uren staan al klaar. <a class="ams-link" href="{}">Kijk of ze kloppen</a>.')
        messages.info(request, format_html(offer, form))
    return response


@require_POST
def reopen(request, pk):
    """Takes back that it was followed."""
    told = _("%s staat weer bij je keuzes, nog niet gevolgd.")
    return act(request, actions.reopen, found(request, pk), told)


@require_safe
def proposals(request):
    """What waits for an answer of staff, oldest first."""
    if not Role.objects.of(request.user, *ANSWERERS).exists():
        raise PermissionDenied
    return proposals_page(request, answerable(request.user))


def answer(request, pk):
    """One proposal, and the answer to it."""
    choice = found(request, pk)
    if not TrainingChoice.objects.answerable_by(request.user).contains(choice):
        raise PermissionDenied
    form = AnswerForm(request.POST or None, prefix=f"v{pk}")
    if form.is_valid():
        text = form.cleaned_data["answer"]
        try:
            actions.answer(choice, by=request.user, accept=form.accepts, answer=text)
        except ValidationError as refusal:
            messages.error(request, refusal.message)
        else:
            name = choice.enrolment.participant.first_name
            messages.success(request, _("Je antwoord staat. %s ziet het meteen.") % name)
        return redirect("trainings:proposals")
    if request.method == "POST":
        return proposals_page(request, answerable(request.user), form)
    return proposals_page(request, answerable(request.user).filter(pk=pk))


def proposals_page(request, waiting, sent=None):
    """Each of ``waiting`` with its form; ``sent`` is the one that could not be read."""
    forms = []
    for choice in waiting:
        form = AnswerForm(prefix=f"v{choice.pk}")
        forms.append((choice, sent if sent and sent.prefix == form.prefix else form))
    facts = {"proposals": forms, "sent": sent}
    return render(request, "participants/trainings/proposals.html", facts)


def act(request, action, choice, told):
    """One deed of the owner, told in a sentence, and back to the list."""
    try:
        action(choice, by=request.user)
        messages.success(request, told % choice.title)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    return redirect("trainings:list")


def found(request, pk):
    visible = TrainingChoice.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("training", "enrolment__participant"), pk=pk)


def own_choices(user):
    dates = Prefetch("training__dates", TrainingDate.objects.coming(), to_attr="coming_dates")
    return TrainingChoice.objects.owned_by(user).for_owner().prefetch_related(dates)


def answerable(user):
    waiting = TrainingChoice.objects.answerable_by(user).proposed()
    return waiting.select_related("enrolment__participant", "enrolment__cohort__track")


def active_enrolments(user):
    return Enrolment.objects.own(user).active()
