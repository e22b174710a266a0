"""Rules of this house that no linter knows, over the source of the site.

Each is a function of a module's tree that gives the lines that break it. semgrep could say the
same; it weighs 290 MB: docs/adr/0035-supply.md.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("leerlijn", "participants", "certificates")
DOORS = re.compile(r"(.*_)?(views|api)\.py|views\.py")
# What says who or what somebody is, or what somebody wrote.
PERSONAL = {
    *("name", "first_name", "email", "old_email", "phone", "get_full_name", "title", "username"),
    *("description", "note", "reason", "text", "message", "sections", "answer"),
}
DISPLAYS = (ast.Dict, ast.DictComp)
LOGS = {"log", "logger"}
LEVELS = {"debug", "info", "warning", "error", "critical", "exception", "log"}


def calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def called(node):
    """The last word of what is called: "filter" for ``rows.filter(...)``."""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def everybodys_rows(tree):
    """``.objects.all()`` at a door: who asks decides which rows there are.

    A VisibleField takes them, and narrows them to its reader itself.
    """
    narrowed = {
        id(word.value)
        for node in calls(tree)
        if called(node) == "VisibleField"
        for word in node.keywords
    }
    for node in calls(tree):
        manager = getattr(node.func, "value", None)
        everybodys = called(node) == "all" and getattr(manager, "attr", "") == "objects"
        if everybodys and id(node) not in narrowed:
            yield node.lineno


def unread_conditions(tree):
    """``filter(**asked)``: whoever fills the dictionary asks the database whatever they like.

    Its keys must be written in the same function, or be those with which that was called.
    """
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        written = {function.args.kwarg.arg} if function.args.kwarg else set()
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and isinstance(node.value, DISPLAYS):
                written |= _names(node)
        yield from _unread(function, written)


def _unread(function, written):
    for node in calls(function):
        if called(node) in ("filter", "exclude", "get", "Q", "extra"):
            for word in node.keywords:
                known = isinstance(word.value, DISPLAYS) or getattr(word.value, "id", "") in written
                if word.arg is None and not known:
                    yield node.lineno


def markup_by_hand(tree):
    """``mark_safe``: text of people becomes markup; ``format_html`` escapes it."""
    for node in calls(tree):
        if called(node) in ("mark_safe", "SafeString", "SafeText"):
            yield node.lineno


def every_field(tree):
    """``fields = "__all__"``: a field of tomorrow would be open today."""
    for node in ast.walk(tree):
        is_all = isinstance(node, ast.Constant) and node.value == "__all__"
        if is_all or isinstance(node, ast.Assign) and _names(node) & {"exclude"}:
            yield node.lineno


def _names(assign):
    return {target.id for target in assign.targets if isinstance(target, ast.Name)}


def clocks_without_a_zone(tree):
    """The day of the machine is not the day in Amsterdam."""
    for node in calls(tree):
        asked = ast.unparse(node.func)
        bare = asked.endswith("datetime.now") and not (node.args or node.keywords)
        if bare or asked.endswith(("utcnow", "utcfromtimestamp", "date.today", "datetime.today")):
            yield node.lineno


def people_in_the_log(tree):
    """A log line holds ids: who reads it may not know who somebody is."""
    for node in calls(tree):
        of_log = getattr(getattr(node.func, "value", None), "id", "") in LOGS
        if of_log and called(node) in LEVELS:
            said = [*node.args, *(word.value for word in node.keywords)]
            words = {getattr(part, "attr", "") for value in said for part in ast.walk(value)}
            if words & PERSONAL:
                yield node.lineno


RULES = {
    rule.__name__: rule
    for rule in (
        everybodys_rows,
        unread_conditions,
        markup_by_hand,
        every_field,
        clocks_without_a_zone,
        people_in_the_log,
    )
}
AT_DOORS = {"everybodys_rows"}
# (rule, module): why it is right there.
ALLOWED = {
    ("markup_by_hand", "participants/confirmations/own.py"): "segno draws it out of an address",
    ("people_in_the_log", "leerlijn/ticking.py"): "the name of a job",
    ("people_in_the_log", "participants/files/storing.py"): "a random name on disk",
    ("unread_conditions", "participants/plans/writing.py"): "its keys are those of _facts",
}
BAD = {
    "everybodys_rows": ["rows = Enrolment.objects.all()", "f(queryset=User.objects.all())"],
    "unread_conditions": [
        "def view(request):\n    return rows.filter(**request.GET)",
        "def view(asked):\n    return Q(**asked)",
        "def view(asked):\n    return rows.exclude(a=1, **asked.dict())",
        "def view(request):\n    asked = dict(request.GET)\n    return rows.get(**asked)",
    ],
    "markup_by_hand": ["mark_safe(text)", "safestring.mark_safe(text)", "SafeString(text)"],
    "every_field": [
        "class Meta:\n    fields = '__all__'",
        "class Meta:\n    exclude = ['password']",
    ],
    "clocks_without_a_zone": [
        "dt.datetime.now()",
        "datetime.now()",
        "datetime.utcnow()",
        "dt.date.today()",
        "datetime.today()",
    ],
    "people_in_the_log": [
        "log.info('made', who=user.name)",
        "log.warning('no', to=posting.user.email)",
        "logger.error('%s', entry.description)",
        "log.info(f'{person.first_name} came in')",
    ],
}
GOOD = {
    "everybodys_rows": ["VisibleField(queryset=User.objects.all())", "rows.all()"],
    "unread_conditions": [
        "def of(path, keys):\n    return rows.filter(**{f'{path}__in': keys})",
        "def alike(content):\n    same = {'kind': content}\n    return rows.filter(**same)",
        "def of(**facts):\n    return rows.filter(**facts)",
        "def put(values):\n    rows.update(**values)",
    ],
    "markup_by_hand": ["format_html('<b>{}</b>', text)"],
    "every_field": ["class Meta:\n    fields = ['name']", "rows.exclude(pk=1)"],
    "clocks_without_a_zone": ["timezone.now()", "dt.datetime.now(dt.UTC)", "timezone.localdate()"],
    "people_in_the_log": ["log.info('made', user=user.pk)", "print(user.name)"],
}


def modules():
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text())


def test_no_module_breaks_a_rule_of_the_house():
    broken = [
        f"{place}:{line}: {rule.__doc__.splitlines()[0]}"
        for place, tree in modules()
        for name, rule in RULES.items()
        if name not in AT_DOORS or DOORS.fullmatch(Path(place).name)
        for line in rule(tree)
        if (name, place) not in ALLOWED
    ]
    assert broken == []


def test_what_is_allowed_is_still_there():
    trees = dict(modules())
    assert [key for key in ALLOWED if not list(RULES[key[0]](trees[key[1]]))] == []


@pytest.mark.parametrize("name", RULES)
def test_a_rule_sees_what_is_wrong_and_only_that(name):
    assert [bad for bad in BAD[name] if not list(RULES[name](ast.parse(bad)))] == []
    assert [good for good in GOOD[name] if list(RULES[name](ast.parse(good)))] == []


@pytest.mark.parametrize("place", ["participants/hours/staff_views.py", "leerlijn/api.py"])
def test_a_door_is_known_by_its_name(place):
    assert DOORS.fullmatch(Path(place).name)
    assert not DOORS.fullmatch("serializers.py")


def test_templates_escape_what_people_wrote():
    """In mails alone there is nothing to escape: they are plain text. And hints are ours."""
    broken = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.*")
        if re.search(r"\|\s*safe\b|{%\s*autoescape off", path.read_text())
        and path.suffix != ".txt"
        and path.name != "hint_and_errors.html"
    ]
    assert broken == []
