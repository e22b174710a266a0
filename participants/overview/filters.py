"""What the lists of people can be narrowed to and sorted by; all of it lives in the address."""

import django_filters
from django.core.validators import EMPTY_VALUES
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField, ModelChoiceIterator

from leerlijn.shapes import KeyFilter
from participants import pace, paging, progress
from participants.accounts import names
from participants.enrolments.models import CriterionKey, Enrolment
from participants.overview import turns
from participants.tracks.models import Cohort

NAME = "participant__name_key"
# The word in the address, the criterion, and what its two ends are called.
RANKED = [
    ("studie", CriterionKey.STUDY, _("Minste studie eerst"), _("Meeste studie eerst")),
    ("werk", CriterionKey.WORK, _("Minste werk eerst"), _("Meeste werk eerst")),
    ("lessen", CriterionKey.LESSONS, _("Minste lessen eerst"), _("Meeste lessen eerst")),
    (
        "intervisie",
        CriterionKey.INTERVISION,
        _("Minste intervisie eerst"),
        _("Meeste intervisie eerst"),
    ),
    ("pop", CriterionKey.POP, _("POP nog open eerst"), _("POP behaald eerst")),
    ("gop", CriterionKey.GOP, _("GOP nog open eerst"), _("GOP behaald eerst")),
    (
        "eindgesprek",
        CriterionKey.INTERVIEW,
        _("Eindgesprek nog open eerst"),
        _("Eindgesprek behaald eerst"),
    ),
]
KEY_OF = {word: key for word, key, *_labels in RANKED}
BY_NAME = [("naam", _("Naam")), ("-naam", _("Naam, achteraan begonnen"))]
MOST_OFFERED = 100  # cohorts in a list to choose from
READY, NOT_READY, TALK, MINE = "klaar", "nog-niet", "praten", "ik"
SHOWN = [
    (READY, _("Kan een certificaat krijgen")),
    (NOT_READY, _("Nog niet klaar, en waarom")),
    (TALK, pace.LABEL),
]


class EnrolmentFilter(django_filters.FilterSet):
    """By state (pauses too), by a part of the name, by all criteria met. For page and API."""

    status = django_filters.ChoiceFilter(
        method="in_state", choices=Enrolment.STATES, label=_("Stand"), empty_label=_("Alle")
    )
    search = django_filters.CharFilter(method="named", label=_("Naam"))
    criteria_met = django_filters.BooleanFilter(method="with_verdict")
    cohort = KeyFilter(field_name="cohort_id")

    class Meta:
        model = Enrolment
        fields = ["status", "search", "criteria_met", "cohort"]

    # The filters that work out the standing of each person whom they are asked about.
    judged = ("criteria_met",)

    @property
    def at_hand(self):
        """Who is left by all that columns tell, for who asks ``judge`` about the rest."""
        return self.narrowed(self.queryset.all(), self.others)

    @property
    def others(self):
        return [name for name in self.filters if name not in self.judged]

    @property
    def judge(self):
        """A function from keys to those of the people who are to be shown; None: all of them."""
        asked = (self.chosen(name) not in EMPTY_VALUES for name in self.judged)
        return self._fitting if any(asked) else None

    def narrowed(self, queryset, names):
        for name in names:
            queryset = self.filters[name].filter(queryset, self.chosen(name))
        return queryset

    def chosen(self, name):
        """What is asked of the filter ``name``; None where nothing is, or what cannot be."""
        self.form.is_valid()  # reads what was asked
        return self.form.cleaned_data.get(name)

    def _fitting(self, keys):
        people = Enrolment.objects.filter(pk__in=keys).order_by()
        return self.narrowed(people, self.judged).values_list("pk", flat=True)

    def in_state(self, queryset, name, value):
        return queryset.in_state(value)

    def named(self, queryset, name, value):
        # The rows are one's own or of one's staff: of both the address is known.
        return queryset.filter(names.matching(value, "participant"))

    def with_verdict(self, queryset, name, value):
        return progress.met(queryset) if value else progress.not_met(queryset)


def _cohorts(request):
    """The cohorts to choose from, with all that names one."""
    return Cohort.objects.staffed_by(request.user).running_first().select_related("track")


class Offered(ModelChoiceIterator):
    """Of very many only the first, and the one that is chosen."""

    def __iter__(self):
        yield ("", self.field.empty_label)
        first = list(self.queryset[: MOST_OFFERED + 1])
        offered = first[:MOST_OFFERED]
        if len(first) > MOST_OFFERED:
            offered += self._chosen_beside(offered)
        yield from map(self.choice, offered)

    def _chosen_beside(self, offered):
        chosen = self.field.asked
        if not chosen.isdecimal() or len(chosen) > paging.LONGEST_KEY:
            return []
        return [one for one in self.queryset.filter(pk=int(chosen)) if one not in offered]


class OfferedField(ModelChoiceField):
    iterator = Offered


class CohortChoice(django_filters.ModelChoiceFilter):
    """One of the reader's cohorts, also one that is not offered."""

    field_class = OfferedField

    @property
    def field(self):
        field = super().field
        field.asked = str(self.parent.data.get("lichting", ""))
        return field


def ordering(choices, **columns):
    """A choice of how to sort: ``columns`` are what the words in the address stand for."""
    return django_filters.OrderingFilter(
        fields=[(column, word) for word, column in columns.items()],
        choices=choices,
        label=_("Sorteer op"),
        empty_label=None,  # without a choice it is by name, which is the first of ``choices``
    )


class PeopleFilter(EnrolmentFilter):
    """A table of people, of whatever cohorts; ``page`` gives one page of it.

    Sorted by name and, where no other column is asked, by nothing else: then an index has the
    order of a hundred thousand people.
    """

    toon = django_filters.ChoiceFilter(
        method="shown", label=_("Toon"), empty_label=_("Iedereen"), choices=SHOWN
    )
    mist = django_filters.ChoiceFilter(
        method="still_missing",
        label=_("Mist nog"),
        empty_label=_("Maakt niet uit"),
        choices=CriterionKey,
    )
    lichting = CohortChoice(
        field_name="cohort",
        queryset=_cohorts,
        label=_("Lichting"),
        empty_label=_("Alle"),
    )
    ordering = ordering(BY_NAME, naam=NAME)
    criteria_met = cohort = None
    judged = ("toon", "mist")

    class Meta(EnrolmentFilter.Meta):
        fields = ["toon", "lichting", "status", "mist", "search", "ordering"]

    def filter_queryset(self, queryset):
        """Applicants and the declined only when they are asked for."""
        return self.narrowed(self._in_order(queryset), self.judged)

    def page(self, size):
        """The ``paging.Page`` of at most ``size`` keys that the address wants, in order.

        Ask ``progress.of`` for the people of the page. Nobody is judged whom the page does not
        need: that is for who was asked by what is at hand, block by block.
        """
        rows, among = self._in_order(self.queryset), self._ranked(self.queryset)
        return paging.page(rows, self.data, size, among=among, judge=self.judge)

    @property
    def tells_why(self):
        return self.form.is_valid() and self.form.cleaned_data["toon"] == NOT_READY

    def shown(self, queryset, name, value):
        if value == TALK:
            return pace.to_talk_for_staff(queryset.active())
        narrow = progress.met if value == READY else progress.not_met
        return narrow(queryset.active())

    def still_missing(self, queryset, name, value):
        return progress.missing(queryset, value)

    def _in_order(self, queryset):
        """Narrowed by all that columns tell."""
        if not self.chosen("status"):
            queryset = queryset.admitted()
        found = self.narrowed(self._ranked(queryset).order_by(NAME), self.others)
        names_last = [] if found.query.order_by[0].lstrip("-") == NAME else [NAME]
        return found.order_by(*found.query.order_by, *names_last, "pk")

    def _ranked(self, queryset):
        """``queryset`` with what it will be sorted by."""
        asked = None if "ordering" in self.errors else self.form.cleaned_data["ordering"]
        words = [word.lstrip("-") for word in asked or []]
        return progress.with_ranks(queryset, *(KEY_OF[word] for word in words if word in KEY_OF))


class CohortFilter(PeopleFilter):
    """The people of one cohort, sorted by any column, also those that are worked out.

    ``actors`` are the words of ``waiting_on`` that mean the reader.
    """

    toon = django_filters.ChoiceFilter(
        method="shown",
        label=_("Toon"),
        empty_label=_("Iedereen"),
        choices=[*SHOWN, (MINE, _("Wacht op mij"))],
    )
    ordering = ordering(
        [
            *BY_NAME,
            ("stand", _("Stand")),
            ("-stand", _("Stand, achteraan begonnen")),
            *((word, least) for word, _key, least, _most in RANKED),
            *((f"-{word}", most) for word, _key, _least, most in RANKED),
        ],
        naam=NAME,
        stand="state",
        **{word: f"{key}_rank" for word, key in KEY_OF.items()},
    )
    lichting = None

    class Meta(PeopleFilter.Meta):
        fields = ["toon", "status", "mist", "search", "ordering"]

    def __init__(self, *args, actors, **kwargs):
        super().__init__(*args, **kwargs)
        self.actors = actors

    def page(self, size):
        """As of PeopleFilter, with its rows; a cohort is judged as a whole, by what it may be
        sorted by too.
        """
        among = self._ranked(self.queryset)
        return paging.page(self.qs, self.data, size, among=among, whole=True)

    def shown(self, queryset, name, value):
        if value == MINE:
            return turns.waiting_for(queryset, self.actors)
        return super().shown(queryset, name, value)
