"""The supervisor's pages: no account, no login; an unguessable link to read, a code to answer.

Looking changes nothing: HEAD and GET write no row and set no cookie. The page itself says that
it was opened, by script and only after somebody touched it.
"""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from leerlijn import limits
from participants.confirmations import answering, asking, browsers
from participants.confirmations.forms import AnswerForm, StopForm
from participants.confirmations.models import ConfirmationRequest
from participants.placements import supervising


def by_link(view):
    """Finds the request of the link, and keeps the link out of caches, engines and referrers.

    The link itself is the secret that a forged form lacks, so there is no other token: with a
    cookie for one the mail scanner would be a visitor, and without a referrer it is refused.
    """

    @login_not_required
    @csrf_exempt
    @sensitive_post_parameters("code")
    @sensitive_variables("token")
    @wraps(view)
    def discreet(request, token):
        rows = ConfirmationRequest.objects.of_token(token)
        asked = rows.select_related("supervisor", "posting").first()
        response = _unknown(request) if asked is None else view(request, asked)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return discreet


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def page(request, asked):
    """The lines that wait, and the answers; or one sentence on why the link no longer opens."""
    if asked.closed_because:
        return _closed(request, asked)
    proved = browsers.has_proved(request, asked.supervisor)
    standing = list(asked.lines.standing().in_order())
    data = request.POST if request.method == "POST" else None
    form = AnswerForm(standing, data, proved=proved)
    if standing and form.is_valid():
        try:
            answering.not_ones_own(asked, request.user)
            if not proved:
                answering.prove(asked, form.cleaned_data["code"])
            answering.answer(asked, form.given())
        except ValidationError as refusal:
            form.add_error("code" if refusal.code == "wrong_code" else None, refusal)
        else:
            return _remembered(redirect("confirmations:page", asked.token), asked)
    if data is not None:
        answering.opened(asked)
        asked.refresh_from_db()
        if asked.closed_because:
            return _closed(request, asked)
    return _shown(request, asked, form)


def _shown(request, asked, form):
    lines = list(asked.lines.in_order())
    facts = {
        "asked": asked,
        "form": form,
        "people": _by_person(form.lines),
        "answered": [line for line in lines if line.answer],
        "dropped": _dropped(len([line for line in lines if not line.answer]) - len(form.lines)),
        "contact": supervising.contact_cohort(asked.supervisor),
    }
    return render(request, "participants/confirmations/page.html", facts)


def _dropped(count):
    """One sentence about lines that are no longer what was asked about; "" without any."""
    if not count:
        return ""
    return (
        ngettext(
            "%d regel is intussen aangepast of al nagekeken. Die valt hier weg.",
            "%d regels zijn intussen aangepast of al nagekeken. Die vallen hier weg.",
            count,
        )
        % count
    )


def _by_person(forms):
    """[(first name, forms of that person)]; two of one name stay two."""
    people = {}
    for form in forms:
        people.setdefault(form.line.entry.enrolment.participant, []).append(form)
    return [(person.first_name, lines) for person, lines in people.items()]


def _remembered(response, asked):
    """A mailed link is opened by who reads that mail; a QR code perhaps on somebody's phone."""
    if not asked.shown_by_id:
        browsers.remember(response, asked.supervisor)
    return response


@by_link
@require_POST
def opened(request, asked):
    """The page says that a person looks at it."""
    if not asked.closed_because:
        answering.opened(asked)
    return HttpResponse(status=204)


@by_link
@require_POST
def code(request, asked):
    """Mail the four digits of a QR code to the address that we know."""
    return _acted(request, asked, asking.mail_code, "code_mailed")


@by_link
@require_POST
def renew(request, asked):
    """Mail afresh, to the address that we know."""
    return _acted(request, asked, asking.renew, "renewed")


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, asked):
    """Somebody guides nobody any more, and may say who does."""
    if asked.closed_because:
        return _closed(request, asked)
    proved = browsers.has_proved(request, asked.supervisor)
    form = StopForm(request.POST if request.method == "POST" else None, proved=proved)
    if form.is_valid():
        try:
            answering.not_ones_own(asked, request.user)
            if code := form.cleaned_data.pop("code", None):
                answering.prove(asked, code)
            answering.stop(asked, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error("code" if refusal.code == "wrong_code" else None, refusal)
        else:
            return redirect("confirmations:page", asked.token)
    facts = {"asked": asked, "form": form}
    return render(request, "participants/confirmations/stop.html", facts)


def _acted(request, asked, act, done):
    """What became of ``act``, on a page that leads back."""
    refusal = None
    try:
        act(asked)
    except ValidationError as said:
        refusal = said.messages[0]
    facts = {"asked": asked, "done": done, "refusal": refusal}
    return render(request, "participants/confirmations/acted.html", facts)


def _closed(request, asked):
    facts = {
        "asked": asked,
        "reason": asked.closed_because,
        "contact": supervising.contact_cohort(asked.supervisor),
    }
    return render(request, "participants/confirmations/closed.html", facts)


def _unknown(request):
    """The same page for a link that never was, and 429 for who tries many."""
    many = limits.one_unknown_too_many(request, "links")
    response = render(
        request,
        "participants/confirmations/unknown.html",
        {"many": many},
        status=429 if many else 404,
    )
    if many:
        response["Retry-After"] = str(limits.seconds_left())
    return response
