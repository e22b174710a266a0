"""The list of people in the API, of whom no more are judged than its page needs."""

from django_filters import utils

from leerlijn.api import Filters
from participants import paging


class JudgedFilters(Filters):
    """As Filters; what judges people (``criteria_met``) is asked block by block in a list."""

    def filter_queryset(self, request, queryset, view):
        if view.action != "list" or "criteria_met" not in request.query_params:
            return super().filter_queryset(request, queryset, view)
        asked = self.get_filterset(request, queryset, view)
        if not asked.is_valid():
            raise utils.translate_validation(asked.errors)
        return paging.Judged(asked.at_hand, asked.judge) if asked.judge else asked.qs
