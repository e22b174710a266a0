"""A batch of 500 certificates on SQLite, which has one writer at a time: others write as well."""

from tests.bench import load
from tests.faults import SQLITE, on
from tests.faults.site import Site


@on(SQLITE)
def writing_beside_a_batch(folder, database):
    """Pages, and hours that are written meanwhile: each is answered well, and kept once."""
    with Site(folder, database.url, PROXY_COUNT="1").ready() as site:
        day = load.Day(site)
        site.start_web(processes=2)
        (_ratio, times, _goal), (_share, failed, _none) = day.beside_a_batch()
        day.count()
        assert not failed, f"{failed:.1%} of what others asked was not answered well"
        return (
            f"{load.BATCH} certificates, {len(day.sent)} entries of others kept, 0 refused;"
            f" the slowest page took {times:.1f} x its time"
        )


FAULTS = (writing_beside_a_batch,)
