"""The page that explains the API. It is made from the schema, so it cannot lag behind."""

import json
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from leerlijn.schema import REFUSALS, operations_of

ROOT = "/api/v1/"


@dataclass(frozen=True)
class Act:
    """One operation of the schema, as the page shows it."""

    method: str
    path: str
    said: str
    parameters: list  # (name, where it stands, what it is)
    sent: str  # an example in JSON, or ""
    answered: str
    kinds: str  # of content that is answered

    @property
    def anchor(self):
        words = self.path.removeprefix(ROOT).replace("{", "").replace("}", "").split("/")
        return "-".join([self.method.lower(), *filter(None, words)])


@require_safe
@login_not_required
def manual(request):
    """For anyone: it says what the schema says, and nothing of anybody."""
    context = {
        "resources": resources(),
        "refusals": REFUSALS,
        "limits": settings.API_REQUESTS_A_MINUTE,
        "site": settings.SITE_URL,
    }
    return render(request, "api/manual.html", context)


@cache
def resources():
    """``{resource: [Act]}`` in the order of the schema; worked out once."""
    schema = SchemaGenerator().get_schema(public=True)
    found = {}
    for path, method, operation in operations_of(schema):
        resource = path.removeprefix(ROOT).split("/")[0]
        found.setdefault(resource, []).append(act_of(path, method, operation))
    return found


def act_of(path, method, operation):
    answers = [said for code, said in operation["responses"].items() if code.startswith("2")]
    contents = answers[0].get("content", {})
    return Act(
        method=method.upper(),
        path=path,
        said=operation.get("description", ""),
        parameters=[parameter_of(each) for each in operation.get("parameters", [])],
        sent=example_in(operation.get("requestBody", {}).get("content", {})),
        answered=example_in(contents),
        kinds=", ".join(contents),
    )


def parameter_of(parameter):
    schema = parameter["schema"]
    what = schema.get("enum") or schema.get("items", {}).get("enum")
    shown = ", ".join(map(str, what)) if what else schema.get("format", schema.get("type", ""))
    return parameter["name"], parameter["in"], shown


def example_in(contents):
    """The example of the first content that has one, as JSON; "" without."""
    examples = [content["example"] for content in contents.values() if "example" in content]
    return json.dumps(examples[0], indent=2, ensure_ascii=False) if examples else ""
