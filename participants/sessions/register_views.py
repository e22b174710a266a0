from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from participants import kept
from participants.sessions import actions
from participants.sessions.register_forms import RegisterForm, with_everyone
from participants.sessions.views import found


def register(request, pk):
    """The whole list on one page, with what was typed before and never sent.

    ``?iedereen=er`` presets it and saves nothing; the button sends ``everyone`` along with what
    was typed, so that without a script none of it is lost.
    """
    session = found(request, pk)
    if not session.is_fillable:
        raise PermissionDenied
    if "everyone" in request.POST:
        data = with_everyone(session, request.user, request.POST)
        return page(request, RegisterForm(session, request.user, data))
    if request.method == "POST":
        return save(request, session)
    everyone = request.GET.get("iedereen") == "er"
    typed = None if everyone else kept.fields(request.user, key(session))
    form = RegisterForm(session, request.user, kept=typed, everyone=everyone)
    return page(request, form, kept_at=typed and kept.when(request.user, key(session)))


def key(session):
    """Under what the register is kept while somebody types."""
    return f"register-{session.pk}"


def save(request, session):
    form = RegisterForm(session, request.user, request.POST)
    if not form.is_valid():
        return page(request, form)
    close = session.is_held and request.POST.get("close") != "no"
    try:
        saved = actions.save_register(
            session, form.marks(), form.version_read, by=request.user, close=close
        )
    except ValidationError as refusal:
        return refused(request, form, refusal)
    kept.forget(request.user, key(session))
    messages.success(request, told(saved))
    return redirect("sessions:list" if saved.closed_at else saved)


def refused(request, form, refusal):
    """The same page with all that was typed; after a ``changed`` also what the other saved."""
    if refusal.code == "changed":
        form = RegisterForm(found(request, form.session.pk), request.user, request.POST)
        if form.is_valid():
            form.compare()
    return page(request, form, refusal=refusal, status=409 if refusal.code == "changed" else 200)


def page(request, form, *, refusal=None, status=200, kept_at=None):
    facts = {
        "session": form.session,
        "register": form,
        "refusal": refusal,
        "incomplete": bool(refusal and refusal.code == "incomplete"),
        "key": key(form.session),
        "kept_at": kept_at,
    }
    return render(request, "participants/sessions/register.html", facts, status=status)


def told(session):
    """What counts now, in a sentence."""
    if session.closed_at:
        return _("De lijst is klaar. De uren van wie er was, tellen nu mee.")
    if session.is_held:
        return _("Bewaard. De lijst is nog niet klaar; tot die tijd telt er niets mee.")
    return _("Bewaard. Na de bijeenkomst maak je de lijst af.")
