"""What we know of who is logged in: to read, to take along, and to change."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from participants.accounts import actions as account_actions
from participants.accounts import moving, stepup
from participants.accounts.doors import EmailChange
from participants.enrolments.models import Enrolment
from participants.mydata import actions, gathering, registry
from participants.mydata.forms import EmailForm, NameForm, PhoneForm


@never_cache
@require_GET
def facts(request):
    """Name, address and telephone of the reader, and how much there is of each subject."""
    counts = gathering.counts(request.user)
    subjects = [
        (key, title, about, counts[key]) for key, (title, about) in registry.SUBJECTS.items()
    ]
    return render(
        request,
        "participants/mydata/facts.html",
        {
            "subjects": [subject for subject in subjects if subject[3]],
            "empty": [title for _key, title, _about, count in subjects if not count],
            "enrolments": Enrolment.objects.own(request.user).running_first(),
        },
    )


@never_cache
@require_GET
def subject(request, key):
    """Everything of one subject."""
    if key not in registry.SUBJECTS:
        raise Http404
    (chapter,) = gathering.chapters(request.user, only=key)
    return render(request, "participants/mydata/subject.html", {"chapter": chapter})


@never_cache
@require_POST
def download(request):
    """The ZIP, streamed; back with a sentence when it was asked too often."""
    try:
        pieces = actions.download(request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
        return redirect("mydata:facts")
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    name = f"leerlijn-mijn-gegevens-{timezone.localdate():%Y-%m-%d}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@never_cache
def name(request):
    """Another name for oneself."""

    def change(form):
        moving.change_name(request.user, form.cleaned_data["name"], by=request.user)
        return _("Je heet hier nu %s.") % request.user.name

    form = NameForm(request.POST or None, initial={"name": request.user.name})
    return _changed(request, form, "name", change)


@never_cache
@stepup.required
def phone(request):
    """Another telephone number, or none."""

    def change(form):
        number = form.cleaned_data["phone"]
        account_actions.change_phone(request.user, number, by=request.user)
        kept = request.user.phone
        return _("Je telefoonnummer is nu %s.") % kept if kept else _("Je telefoonnummer is weg.")

    form = PhoneForm(request.POST or None, initial={"phone": request.user.phone})
    return _changed(request, form, "phone", change)


@never_cache
@stepup.required
def email(request):
    """Ask for another address; the answer is the same whether it is somebody's or not."""

    def change(form):
        asked = moving.ask_for_email(request.user, form.cleaned_data["email"], by=request.user)
        return (
            _("We hebben een mail gestuurd naar %s. Open de link daarin binnen een uur.")
            % asked.email
        )

    return _changed(request, EmailForm(request.POST or None), "email", change)


def _changed(request, form, field, change):
    """The form; after a POST that went well, the page with all facts and what ``change`` says."""
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, change(form))
        except ValidationError as refusal:
            form.add_error(field, refusal)
        else:
            return redirect("mydata:facts")
    return render(request, f"participants/mydata/{field}.html", {"form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def confirm_email(request, pk, secret):
    """The link in the mail to the new address. A GET changes nothing: mail programs look too."""
    change = get_object_or_404(EmailChange.objects.owned_by(request.user), pk=pk)
    if not change.is_opened_by(secret):
        raise Http404
    if request.method == "GET":
        return render(request, "participants/mydata/confirm_email.html", {"change": change})
    try:
        here = request.session.session_key
        moving.confirm_email(change, secret, by=request.user, here=here)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
        return redirect("mydata:email")
    # Other sessions end by the new address; this one goes on.
    update_session_auth_hash(request, request.user)
    messages.success(request, _("Je e-mailadres is nu %s.") % request.user.email)
    return redirect("mydata:facts")
