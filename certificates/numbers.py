"""The readable numbers: one series a year, none of them used twice."""

from django.db import connection, transaction
from django.utils import timezone

from certificates.models import NumberSeries


def take(count):
    """The next ``count`` numbers of this year, such as "LL-2027-0048".

    Only inside a transaction: others wait for its end, and when it is undone the numbers are
    free again.
    """
    year = timezone.localdate().year
    NumberSeries.objects.get_or_create(year=year)
    series = NumberSeries.objects.select_for_update().get(year=year)
    first = series.last + 1
    series.last += count
    series.save(update_fields=["last"])
    return [f"LL-{year}-{number:04}" for number in range(first, first + count)]


def given_out():
    """The last number of each year, where there is a register already."""
    if NumberSeries._meta.db_table not in connection.introspection.table_names():
        return {}
    return dict(NumberSeries.objects.values_list("year", "last"))


@transaction.atomic
def never_below(last_numbers):
    """Go on after ``last_numbers``, what ``given_out`` said before an older state came back."""
    for year, last in last_numbers.items():
        series, _made = NumberSeries.objects.get_or_create(year=year)
        NumberSeries.objects.filter(pk=series.pk, last__lt=last).update(last=last)
