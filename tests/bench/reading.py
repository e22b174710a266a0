"""Lists as they go out: the page of a cohort, the list of the API, the CSV of many rows."""

import csv
import io
import tracemalloc
from contextlib import contextmanager

from django.shortcuts import render
from django.test import Client
from django.test.utils import (
    override_settings,
    setup_test_environment,
    teardown_test_environment,
)
from django.urls import path
from rest_framework import generics, serializers

from leerlijn import pieces
from leerlijn.api import Pages
from leerlijn.urls import urlpatterns as pages
from participants import sheets
from participants.models import Enrolment, HourEntry
from tests.bench.crowd import BASE, crowd
from tests.bench.timing import medians
from tests.factories import RoleFactory

PEOPLE, ROWS = 1_000, 60_000
PAGE, KEPT, JSON, CSV, MEMORY = 1.25, 2.5, 1.0, 0.5, 1.1
# What the view of the page of a cohort hands to its template.
OF_THE_PAGE = (
    *("cohort", "filter", "page", "rows", "heads", "drawn", "met"),
    *("people", "ready", "applied", "pauses", "coordinates"),
)
COLUMNS = ("id", "enrolment_id", "kind", "date", "minutes", "description", "status")


class PlainSerializer(serializers.ModelSerializer):
    """The fields of our list that are columns, and nothing else."""

    class Meta:
        model = HourEntry
        fields = [
            *("id", "enrolment", "kind", "date", "minutes", "starts_at", "ends_at"),
            *("description", "placement", "training_choice", "status", "return_reason"),
            *("corrects", "submitted_at", "reviewed_at", "changed_at", "private_note"),
        ]


class PlainView(generics.ListAPIView):
    serializer_class = PlainSerializer
    pagination_class = Pages
    ordering = ("-date", "-pk")
    filter_backends = ()

    def get_queryset(self):
        return HourEntry.objects.visible_to(self.request.user)


AT_HAND = {}  # the values of the page of a cohort


def ready_page(request):
    """The page of the cohort out of values that lie ready."""
    return render(request, "participants/overview/cohort.html", AT_HAND)


urlpatterns = [path("kaal/", PlainView.as_view()), path("klaar/", ready_page), *pages]


def lines():
    """[(name, ratio, goal)], by the clock, among 1,000 people with 60 entries each.

    - cohort_page: the whole request against what Django's engine takes to draw this very template
      from values at hand, with nothing remembered of earlier pages: each piece (ADR 41) is drawn
      anew for the page, and once in it. Both go through the same stack: who asks, the session and
      the menu are of every page, and not what this page adds to its template
    - cohort_page_remembered: the same against that page with its pieces remembered, as they are
      in a process that drew it before. A goal of our own: the drawing left over is so little that
      this is mostly what is asked of the database
    - api_list: fifty entries as our API gives them, against a plain ModelSerializer
    - csv_speed (at least): rows a second of our CSV against ``values_list`` through ``csv``
    - csv_memory: the most memory for 60,000 rows against that for a tenth of them
    """
    # The reader first: the keys after the crowd's are for who joins it later.
    client, user = Client(), RoleFactory(coordinator=True).user
    crowd().grow(PEOPLE)
    client.force_login(user)
    with override_settings(ROOT_URLCONF=__name__):
        yield from page(client)
        ours, plain = medians(
            lambda: answered(client, "/api/v1/hours/"), lambda: answered(client, "/kaal/"), turns=30
        )
    yield ("api_list", ours / plain, JSON)
    ours, bare = medians(lambda: drained(ours_of(ROWS)), lambda: drained(bare_of(ROWS)), turns=5)
    yield ("csv_speed", bare / ours, CSV)
    yield ("csv_memory", peak(ROWS) / peak(ROWS // 10), MEMORY)


def page(client):
    cohort = Enrolment.objects.get(pk=BASE + 30).cohort
    address = f"/lichtingen/{cohort.pk}/"
    context = answered(client, address).context
    AT_HAND.update((name, context[name]) for name in OF_THE_PAGE)
    if len(answered(client, "/klaar/").content) < 0.99 * len(answered(client, address).content):
        raise AssertionError("/klaar/ shows less")
    with drawn_as_served():
        # In this order: what the second draws anew is what the others remember.
        full, anew, remembered = medians(
            lambda: client.get(address),
            lambda: drawn_anew(client),
            lambda: client.get("/klaar/"),
            turns=40,
        )
    return [("cohort_page", full / anew, PAGE), ("cohort_page_remembered", full / remembered, KEPT)]


def drawn_anew(client):
    """The page with its values at hand, as the first one that a process draws."""
    pieces.forget()
    client.get("/klaar/")


@contextmanager
def drawn_as_served():
    """Without what tests add to a template: a copy of all that each of its pieces was given."""
    teardown_test_environment()
    try:
        yield
    finally:
        setup_test_environment(debug=False)


def answered(client, address):
    response = client.get(address)
    if response.status_code != 200:
        raise AssertionError(f"{address} answers {response.status_code}")
    return response


def rows(number):
    found = HourEntry.objects.order_by("pk").values_list(*COLUMNS)[:number]
    return found.iterator(chunk_size=2000)


def ours_of(number):
    return sheets.as_csv(COLUMNS, rows(number))


def bare_of(number):
    text = io.StringIO()
    writer = csv.writer(text)
    for row in rows(number):
        writer.writerow(row)
        if text.tell() > 100_000:
            yield text.getvalue()
            text.seek(0)
            text.truncate()


def drained(pieces):
    for _piece in pieces:
        pass


def peak(number):
    """The most bytes that Python held at once while the CSV of so many rows went out."""
    tracemalloc.start()
    drained(ours_of(number))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most
