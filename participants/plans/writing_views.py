"""Writing on screen: a POP as one page that is saved while typing, a GOP section by section."""

import secrets

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from leerlijn.templatetags.dates import clock
from participants import kept
from participants.plans import actions, own, together
from participants.plans.finding import back, writable
from participants.plans.forms import DraftForm, SectionForm
from participants.plans.models import PlanVersion
from participants.plans.sections import OF_KIND, nothing_written, parts
from participants.plans.views import what_stands


def write(request, kind, enrolment):
    """The page on which a plan is written; of a GOP it leads to a page per section."""
    plan = writable(request.user, kind, enrolment)
    if plan.is_complete:
        messages.info(request, _("Dit plan is compleet. Er komt nu geen nieuwe versie bij."))
        return back(f"{kind}-{enrolment}")
    if plan.is_group:
        return group_page(request, plan, enrolment)
    latest = draft_or_last(plan)
    form = DraftForm(request.POST or None, initial=beginning(latest))
    other = []
    if form.is_valid():
        try:
            return written(request, plan, enrolment, form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            if refusal.code == "changed":
                other = differing(form, latest)
    context = {
        "form": form,
        "other": other,
        "enrolment": enrolment,
        "goals": plan.goals.standing() if plan.pk else [],
        "title": own.TITLES[kind],
    }
    return render(request, "participants/plans/write.html", context)


def written(request, plan, enrolment, form):
    """Keeps or shares what was typed, and goes where the pressed button leads."""
    seen = {name: form.cleaned_data[name] for name in ("revision", "window")}
    if "share" in request.POST:
        version = actions.add_version(
            plan, by=request.user, sections=form.sections, share=True, **seen
        )
        messages.success(request, what_stands(version))
        return back(f"{own.POP}-{enrolment}")
    kept_now = actions.save_draft(plan, by=request.user, sections=form.sections, **seen)
    if request.POST.get("to") == "goals":
        return redirect("plans:goals", enrolment)
    if kept_now is None and draft_or_last(plan) is None:
        raise nothing_written()
    messages.success(request, _("Je plan is bewaard. Alleen jij ziet het."))
    return back(f"{own.POP}-{enrolment}")


# A login page as the answer would look like success to the script, so it says 401 itself.
@login_not_required
@never_cache
@require_POST
def draft(request, enrolment):
    """What is being typed, for the script: 200 with the revision, 409 when it was elsewhere too."""
    if not request.user.is_authenticated:
        return JsonResponse({}, status=401)
    plan = writable(request.user, own.POP, enrolment)
    form = DraftForm(request.POST, initial=beginning(draft_or_last(plan)))
    if not form.is_valid():
        said = " ".join(text for texts in form.errors.values() for text in texts)
        return JsonResponse({"detail": said}, status=400)
    seen = {name: form.cleaned_data[name] for name in ("revision", "window")}
    try:
        kept_now = actions.save_draft(plan, by=request.user, sections=form.sections, **seen)
    except ValidationError as refusal:
        status = 409 if refusal.code == "changed" else 400
        return JsonResponse({"detail": refusal.message}, status=status)
    now = kept_now or draft_or_last(plan)
    revision = now.revision if now and not now.is_shared else 0
    return JsonResponse({"revision": revision, "saved": clock(timezone.now())})


def section(request, enrolment, section):
    """One section of the GOP; who was second sees both texts and keeps what was typed."""
    plan = writable(request.user, own.GOP, enrolment)
    if section not in OF_KIND["group"]:
        raise Http404
    if plan.is_complete:
        messages.info(request, _("Dit plan is compleet. Er komt nu geen nieuwe versie bij."))
        return back(f"{own.GOP}-{enrolment}")
    latest = newest(plan)
    number = latest.number if latest else 0
    text = together.texts_at(plan).get(section, "") if plan.pk else ""
    key = f"gop-{plan.cohort_id}-{section}"
    first = {"based_on": number, "text": text, **kept.initial(request.user, key)}
    form = SectionForm(request.POST or None, section=section, initial=first)
    other = None
    if form.is_valid():
        try:
            version = actions.write_section(plan, section, **form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            if refusal.code == "changed":
                other = together.who_wrote(plan, section, form.cleaned_data["based_on"])
                form.data = form.data.copy()
                form.data["based_on"] = number
        else:
            kept.forget(request.user, key)
            messages.success(request, what_stands(version))
            return redirect("plans:write", own.GOP, enrolment)
    context = {
        "form": form,
        "other": other,
        "text": text,
        "enrolment": enrolment,
        "label": OF_KIND["group"][section],
        "key": key,
        "kept_at": None if form.is_bound else kept.when(request.user, key),
    }
    return render(request, "participants/plans/section.html", context)


def group_page(request, plan, enrolment):
    """All sections of the GOP, each with its text and the way to change it."""
    texts = together.texts_at(plan) if plan.pk else {}
    rows = [(name, label, texts.get(name, "")) for name, label in OF_KIND["group"].items()]
    latest = newest(plan)
    context = {"rows": rows, "enrolment": enrolment, "latest": latest, "title": own.TITLES[own.GOP]}
    return render(request, "participants/plans/group.html", context)


def draft_or_last(plan):
    """What the writer goes on from: the draft, else what was written last; None before that."""
    if plan.pk is None:
        return None
    rows = plan.versions.written()
    return rows.drafts().first() or rows.latest()


def newest(plan):
    rows = PlanVersion.objects.filter(plan=plan.pk).select_related("author", "file")
    return rows.latest() if plan.pk else None


def beginning(latest):
    """The first values of the form: what was typed last, and which window this is."""
    is_draft = latest is not None and not latest.is_shared
    return {
        **(latest.sections if latest else {}),
        "revision": latest.revision if is_draft else 0,
        "window": secrets.token_urlsafe(12),
    }


def differing(form, latest):
    """The parts that say something else in the draft as it is now than in ``form``.

    Who read them may save on top: the form goes on from here.
    """
    form.data = form.data.copy()
    form.data["revision"] = latest.revision
    now = parts("personal", latest.sections)
    return [part for part in now if form.sections.get(part.key, "").strip() != part.text]
