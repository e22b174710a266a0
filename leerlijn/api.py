"""What all of the API shares: pages of a list, the shape of a refusal."""

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, SuspiciousOperation
from django.core.exceptions import ValidationError as RuleRefusal
from django.http import Http404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import exceptions
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import APIView, exception_handler

# Refusals that are about what others did meanwhile, not about what was sent.
CONFLICTS = {"already_approved", "already_issued", "already_reviewed", "changed", "sent_before"}

# The framework's own words are about the framework.
SENTENCES = {
    exceptions.MethodNotAllowed: _("Dit kan hier niet. Kijk in de uitleg van de API wat wel kan."),
    exceptions.NotAcceptable: _("We antwoorden alleen met JSON."),
    exceptions.NotAuthenticated: _("Log in, of stuur een token mee."),
    exceptions.ParseError: _("Dit verzoek is niet te lezen. Klopt de JSON?"),
    exceptions.Throttled: _("Dit ging te snel. Probeer het over %(wait)s seconden opnieuw."),
    exceptions.UnsupportedMediaType: _("Stuur JSON of een formulier."),
}


# What an address may ask of any list: which page, and in which order.
NO_FILTERS = {"cursor", "page_size", "ordering"}


class Pages(CursorPagination):
    """``{"next", "previous", "results"}``; a view may name its own ``ordering``."""

    ordering = ("pk",)
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    # Of rows with one day the framework goes on by counting, to a thousand: beyond that it gave
    # the same page for ever. Of a hundred thousand people there are more in a day.
    offset_cutoff = 10_000_000

    def get_ordering(self, request, queryset, view):
        """The asked or declared order, and then the key, so that no row is skipped or repeated."""
        self.ordering = getattr(view, "ordering", None) or self.ordering
        asked = super().get_ordering(request, queryset, view)
        return asked if {"pk", "-pk", "id", "-id"} & set(asked) else (*asked, "pk")


class Filters(DjangoFilterBackend):
    """Narrows a list by what the address asks.

    Where it asks for no more than a page or an order, no form is built to find that out: it
    took an eighth of the time of a list, and stood before each act on one row too.
    """

    def filter_queryset(self, request, queryset, view):
        if request.query_params.keys() <= NO_FILTERS:
            return queryset
        return super().filter_queryset(request, queryset, view)


class NotFound(APIView):
    """Addresses under the API that do not exist answer like all the rest: in JSON."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        raise Http404


def explain_refusal(error, context):
    """Answer ``{"code", "detail"}``, and ``fields`` where the fault is in what was filled in."""
    if isinstance(error, RuleRefusal):
        refused = rule_refusal(error)
        return Response(refused, status=409 if refused["code"] in CONFLICTS else 400)
    # One sentence for what you may not see and what is not there: the difference would tell.
    if isinstance(error, Http404 | exceptions.NotFound):
        error = exceptions.NotFound(gettext("Dit bestaat niet, of je mag het niet zien."))
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied(gettext("Dit mag je niet doen."))
    elif isinstance(error, SuspiciousOperation):
        error = exceptions.ParseError()
    response = exception_handler(error, context)
    if response is not None:
        response.data = framework_refusal(error)
        if isinstance(error, tuple(SENTENCES)):
            response.data["detail"] = SENTENCES[type(error)] % {"wait": response.get("Retry-After")}
    return response


def rule_refusal(error):
    """The body for a refusal by a rule of ours or by a model's own validation."""
    if hasattr(error, "error_dict"):
        fields = error.message_dict
        general = fields.pop(NON_FIELD_ERRORS, [])
        code = error.error_dict[NON_FIELD_ERRORS][0].code if general else None
    else:
        fields, general = {}, error.messages
        code = error.error_list[0].code if error.error_list else None
    return body(code, general, fields)


def framework_refusal(error):
    """The body for a refusal by the framework: not logged in, too often, not filled in well."""
    codes, fields, general = error.get_codes(), {}, error.detail
    if isinstance(error.detail, dict):
        fields = {name: sentences(said) for name, said in error.detail.items()}
        general = fields.pop(api_settings.NON_FIELD_ERRORS_KEY, [])
        codes = codes.get(api_settings.NON_FIELD_ERRORS_KEY)
    code = codes[0] if isinstance(codes, list) else codes
    return body(code, sentences(general), fields)


def body(code, general, fields):
    """``fields`` wins over ``code``: what is filled in wrongly is always ``invalid``."""
    if not fields:
        return {"code": code if isinstance(code, str) else "invalid", "detail": " ".join(general)}
    detail = " ".join(general) or gettext("Niet alles is goed ingevuld.")
    return {"code": "invalid", "detail": detail, "fields": fields}


def sentences(said):
    """Whatever the framework nests, as a flat list of sentences."""
    if isinstance(said, dict):
        said = said.values()
    elif not isinstance(said, list):
        return [str(said)]
    return [sentence for part in said for sentence in sentences(part)]
