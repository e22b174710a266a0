"""The pages on which people write down their own hours: new, changed, or what it should have been.

What is typed is kept under a key (``participants.kept``) until it was sent well.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from participants import kept
from participants.hours import actions, notes, prefill, proofs, weeks
from participants.hours.forms import HoursForm
from participants.hours.models import HourEntry
from participants.hours.why import why_not_counted
from participants.hours.wording import in_words

NEW = "hours-new"


def new(request):
    """Write down hours; ``?like=``, ``?training=`` and ``?kind=`` fill in a beginning."""
    enrolments = request.user.enrolments.active().select_related("cohort__track")
    if not enrolments:
        return render(request, "participants/hours/not_now.html")
    draft = {} if request.GET else kept.initial(request.user, NEW)
    form = HoursForm(
        request.POST or None,
        request.FILES or None,
        enrolments=enrolments,
        initial=draft or prefill.initial(request.user, request.GET),
    )
    if request.method == "POST" and (entry := _logged(form, enrolments, request.user)):
        return _stands(request, entry, NEW)
    last = None if request.GET or draft else _last(request.user)
    return _form_page(request, form, title=_("Schrijf uren op"), last=last, key=NEW, draft=draft)


def edit(request, pk):
    """Change one's own hours that are not approved, and hand them in."""
    entry = own_or_refused(request.user, pk)
    form, key, draft = _form_of(request, entry, "hours")
    if request.method == "POST" and form.is_valid():
        try:
            changed = _edited(entry, form, request.user)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            return _stands(request, changed, key)
    title = _("Vul je uren aan") if entry.status == "returned" else _("Wijzig je uren")
    return _form_page(request, form, title=title, entry=entry, key=key, draft=draft)


def correct(request, pk):
    """Write down what approved hours should have been."""
    entry = own_or_refused(request.user, pk)
    form, key, draft = _form_of(request, entry, "hours-correct")
    if request.method == "POST" and form.is_valid():
        try:
            _corrected(entry, form, request.user)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            kept.forget(request.user, key)
            messages.success(
                request, _("Je verbetering staat. Tot die akkoord is, tellen de oude uren.")
            )
            return redirect("hours:list")
    return _form_page(request, form, title=_("Verbeter je uren"), entry=entry, key=key, draft=draft)


def explained(entries):
    """Each entry with the sentence that says why it does not count ("" when it does)."""
    return [(entry, why_not_counted(entry)) for entry in entries]


def own_or_refused(user, pk):
    """One's own entry; 404 for what one cannot see, 403 for what is somebody else's."""
    entry = get_object_or_404(HourEntry.objects.visible_to(user).with_people(), pk=pk)
    if entry.enrolment.participant_id != user.pk:
        raise PermissionDenied
    return entry


def _logged(form, enrolments, user):
    """The new entry; None when something is still asked, which then stands on the form."""
    if not form.is_valid():
        return None
    known, content = form.cleaned_data, form.content()
    enrolment, sent = known.get("enrolment") or enrolments[0], known["client_id"]
    try:
        with form.received() as file, transaction.atomic():
            _ask_about_twice(form, enrolment.hours.just_written_as(content).not_sent_as(sent))
            entry = actions.log(enrolment, by=user, draft=form.is_draft, client_id=sent, **content)
            _ask_what_was_meant(form, entry)
            if file and not entry.proofs.exists():
                proofs.attach(entry, file, by=user)
            return entry
    except ValidationError as refusal:
        form.refuse(refusal)
    return None


def _ask_about_twice(form, twins):
    """After a lost answer people go back and send again, by a page that is new to us."""
    if not form.cleaned_data["sure"] and twins.exists():
        form.send_as_new()
        raise ValidationError(
            _("Deze uren staan er al. Deed je dit twee keer? Druk dan nog een keer."),
            code="stands_already",
        )


def _ask_what_was_meant(form, entry):
    """Who goes back, changes the form and sends it again means a second entry, or a change."""
    if not form.says_the_same_as(entry):
        form.send_as_new()
        raise ValidationError(
            _("De uren van zonet staan er al. Druk nog een keer, dan komen deze erbij."),
            code="sent_before",
        )


def _edited(entry, form, user):
    with form.received() as file, transaction.atomic():
        changed = actions.edit(entry, by=user, submit=not form.is_draft, **form.content())
        if file:
            proofs.attach(entry, file, by=user)
        return changed


def _corrected(entry, form, user):
    client_id = form.cleaned_data["client_id"]
    with form.received() as file, transaction.atomic():
        new = actions.correct(entry, by=user, client_id=client_id, **form.content())
        if file and not new.proofs.exists():
            proofs.attach(new, file, by=user)


def _form_of(request, entry, name):
    """The form of one's own ``entry``, the key under which it is kept, and what was kept."""
    key = f"{name}-{entry.pk}"
    draft = kept.initial(request.user, key)
    sent = request.POST or None, request.FILES or None
    return HoursForm(*sent, enrolments=[entry.enrolment], entry=entry, initial=draft), key, draft


def _form_page(request, form, *, draft, key, **context):
    entries = weeks.week_of(request.user, weeks.monday_of(timezone.localdate())).entries
    standing = [entry for entry in entries if entry.status != HourEntry.Status.WITHDRAWN]
    was_kept = draft and not form.is_bound
    context |= {
        "form": form,
        "key": key,
        "kept_at": kept.when(request.user, key) if was_kept else None,
        "week": explained(standing),
    }
    return render(request, "participants/hours/form.html", context)


def _last(user):
    return HourEntry.objects.owned_by(user).handed_in().with_people().order_by("-pk").first()


def _stands(request, entry, key):
    """To the list, which says what stands and kindly what is worth another look."""
    kept.forget(request.user, key)
    messages.success(request, what_stands(entry))
    noted = HourEntry.objects.with_people().with_review_facts().get(pk=entry.pk)
    for sentence in notes.for_owner(noted):
        messages.info(request, sentence)
    return redirect("hours:list")


def what_stands(entry):
    hours = {"hours": in_words(entry.minutes), "who": _who_looks(entry)}
    if entry.status == HourEntry.Status.SUBMITTED:
        return _("%(hours)s staat. %(who)s kijkt ernaar.") % hours
    return _("%(hours)s bewaard. Lever het in als het klopt.") % hours


def _who_looks(entry):
    contact = entry.enrolment.cohort.contact_name.split()
    return contact[0] if contact else _("Je trainer")
