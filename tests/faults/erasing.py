"""What is left on the disk of a PostgreSQL server of somebody who was erased: nothing."""

from urllib.parse import urlsplit

import psycopg

from tests.faults import POSTGRESQL, on
from tests.faults.site import Site

# Segments are thrown away, not renamed, as in compose.yaml; before anybody is written down.
SETTINGS = ("wal_recycle = off", "min_wal_size = '32MB'")
ROLE = "CREATE ROLE leerlijn LOGIN"
DATABASE = "CREATE DATABASE leerlijn OWNER leerlijn"
# The two lines of the runbook.
GRANTS = (
    "GRANT pg_checkpoint TO leerlijn",
    "GRANT EXECUTE ON FUNCTION pg_switch_wal() TO leerlijn",
)
SOMEBODY = """
from tests.factories import RoleFactory
from tests.participants.erasing.scene import WORD, somebody
person = somebody().participant
answer = {
    "email": person.email,
    "texts": [person.name, WORD, WORD.upper(), person.name_key, person.email, person.phone],
    "by": RoleFactory(administrator=True).user.email,
}
"""


@on(POSTGRESQL)
def erased_from_the_disk(folder, database):
    """No byte of a name, key, address or number: tables, indexes, statistics, log, files."""
    with owned(folder, database) as site:
        person = site.python(SOMEBODY)
        # To the disk, and into what the planner remembers of each column.
        ask(of_site(database), "ANALYZE", "CHECKPOINT")
        before = found(person, database.folder, folder)
        assert any("pg_wal" in path for path in before), f"the fault was not made: {before}"
        said = site.manage("erase_person", person["email"], "--by", person["by"])
        assert "may still hold it" not in said, said
        left = found(person, database.folder, folder)
        assert not left, f"left in {sorted(left)}"
        return f"found in {len(before)} files, and after erasing in none"


@on(POSTGRESQL)
def not_allowed_to_empty_the_log(folder, database):
    """A role without the grants erases the rest, and says what it leaves."""
    with owned(folder, database, grants=()) as site:
        person = site.python(SOMEBODY)
        said = site.manage("erase_person", person["email"], "--by", person["by"])
        assert "this role may not empty it" in said, said
        left = found(person, database.folder, folder)
        assert left and all("pg_wal" in path for path in left), f"left in {sorted(left)}"
        return f"left in {len(left)} segments of the log, and said so"


def owned(folder, database, grants=GRANTS):
    """A Site whose role owns its database and is no superuser, as in the runbook."""
    ask(database.url, *(f"ALTER SYSTEM SET {setting}" for setting in SETTINGS))
    ask(database.url, "SELECT pg_reload_conf()", ROLE, DATABASE)
    ask(of_site(database), *grants)
    ours = urlsplit(of_site(database))
    url = ours._replace(netloc=f"leerlijn@127.0.0.1:{ours.port}").geturl()
    site = Site(folder, url)
    site.manage("migrate", "--verbosity=0")  # its own: a copy would bring the rows of an owner
    return site


def of_site(database):
    """The URL of the site's database, for who may do anything in it."""
    return urlsplit(database.url)._replace(path="/leerlijn").geturl()


def ask(url, *statements):
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def found(person, *folders):
    """The files below ``folders`` that hold one of the texts of ``person``, in whatever coding."""
    texts = filter(None, person["texts"])
    spelled = {text.encode(code) for text in texts for code in ("utf-8", "utf-16-le", "utf-16-be")}
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return {str(path) for path in files if any(one in path.read_bytes() for one in spelled)}


FAULTS = (erased_from_the_disk, not_allowed_to_empty_the_log)
