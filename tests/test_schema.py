"""The schema is what programs are written from: it is valid, and nothing in it is left open."""

import re

import jsonschema
import pytest
from django.core.management import call_command
from drf_spectacular.generators import SchemaGenerator

from leerlijn.examples import example_of
from leerlijn.schema import operations_of

# Of the contract, in design.md.
OPERATIONS = """
GET me/
GET cohorts/
GET enrolments/
GET enrolments/{id}/progress/
GET hours/
POST hours/
PATCH hours/{id}/
POST hours/{id}/submit/
POST hours/{id}/approve/
POST hours/{id}/return/
POST hours/{id}/withdraw/
GET trainings/
GET training-choices/
POST training-choices/
GET sessions/
GET sessions/{id}/register/
PUT sessions/{id}/register/
GET plans/
POST plans/{id}/versions/
POST plans/{id}/share/
POST plans/{id}/complete/
POST plans/{id}/reopen/
POST plans/{id}/endorse/
POST plans/{id}/feedback/
GET interviews/
GET interviews/{id}/ratings/
PUT interviews/{id}/ratings/
PUT interviews/{id}/joint/
POST interviews/{id}/finalise/
GET certificates/
POST certificates/
GET certificates/{number}/pdf/
POST certificates/{number}/revoke/
POST certificates/{number}/correct/
GET check/{code}/
""".split("\n")[1:-1]
FIELDS = {
    "Me": "email name roles enrolments",
    "Cohort": "id name track starts_on ends_on study_minutes work_minutes",
    "Enrolment": "id name cohort status criteria_met",
    "Progress": "enrolment criteria_met criteria",
    "Line": "key label unit required achieved submitted met exempted explanation waiting_on",
    "HourEntry": (
        "id enrolment kind date minutes description placement training status why_not_counted"
    ),
    "Training": "id title minutes",
    "TrainingChoice": "enrolment training own_title status answer",
    "Session": "id cohorts kind date minutes cancelled",
    "Register": "version rows",
    "Row": "enrolment status active minutes caught_up",
    "Plan": "id kind enrolment cohort status versions",
    "Interview": "id enrolment planned_at assessors criteria result",
    "Certificate": ("number enrolment cohort name status issued_at award_date check_url sha256"),
    "Check": "status number name track cohort study_minutes work_minutes criteria issued_on",
    "Refusal": "code detail fields",
}
ASKED = {
    "enrolments/": "cohort status criteria_met search ordering",
    "hours/": "status kind enrolment cohort",
}


def test_the_schema_of_the_api_is_valid_and_complete(tmp_path):
    call_command("spectacular", file=str(tmp_path / "schema.yml"), validate=True, fail_on_warn=True)


@pytest.fixture(scope="module")
def schema():
    return SchemaGenerator().get_schema(public=True)


def operations(schema):
    """``(name, operation)``, as "POST hours/{id}/submit/"."""
    for path, method, operation in operations_of(schema):
        yield f"{method.upper()} {path.removeprefix('/api/v1/')}", operation


def test_every_act_of_the_contract_is_there(schema):
    assert set(OPERATIONS) - {name for name, _operation in operations(schema)} == set()


@pytest.mark.parametrize("component", FIELDS)
def test_every_field_of_the_contract_is_there(schema, component):
    there = schema["components"]["schemas"][component]["properties"]
    assert set(FIELDS[component].split()) - set(there) == set()


@pytest.mark.parametrize("path", ASKED)
def test_every_question_of_the_contract_may_be_asked(schema, path):
    asked = {each["name"] for each in schema["paths"][f"/api/v1/{path}"]["get"]["parameters"]}
    assert set(ASKED[path].split()) - asked == set()


def test_every_operation_says_what_it_does_in_words_of_its_own(schema):
    said = {name: operation.get("description", "") for name, operation in operations(schema)}
    assert [name for name, words in said.items() if not re.search(r"[\w`)]\.", words)] == []
    acts = [words for name, words in said.items() if not name.startswith("GET")]
    assert [words for words in acts if acts.count(words) > 1] == []


def test_every_field_has_an_example(schema):
    lacking, components = set(), schema["components"]["schemas"]
    for name in components.keys() - {"Refusal"}:
        for field, part in components[name].get("properties", {}).items():
            try:
                example_of(part, components, name, field)
            except KeyError as missing:
                lacking.add(f"{name}.{missing.args[0]}")
    assert lacking == set()


def contents(operation):
    """``(where, content)`` of all that is sent and answered."""
    bodies = {"request": operation.get("requestBody", {}), **operation["responses"]}
    for where, body in bodies.items():
        for content in body.get("content", {}).values():
            yield where, content


def test_everything_sent_and_answered_has_an_example_that_fits(schema):
    components = checkable(schema["components"])
    for name, operation in operations(schema):
        for where, content in contents(operation):
            if content["schema"].get("format") == "binary":
                continue
            fits = jsonschema.Draft202012Validator(
                checkable(content["schema"]) | {"components": components}
            )
            for fault in fits.iter_errors(content["example"]):
                pytest.fail(f"{name} {where}: {fault.message} at {fault.json_path}")


def checkable(part):
    """``part`` of an OpenAPI schema as JSON Schema: what is nullable may be null."""
    if isinstance(part, list):
        return [checkable(each) for each in part]
    if not isinstance(part, dict):
        return part
    said = {key: checkable(value) for key, value in part.items()}
    return {"anyOf": [said, {"type": "null"}]} if part.get("nullable") is True else said


def test_every_refusal_has_the_shape_of_a_refusal_and_an_example(schema):
    for name, operation in operations(schema):
        refused = {code: said for code, said in operation["responses"].items() if code >= "400"}
        assert {"400", "404", "429"} <= set(refused), name
        for said in refused.values():
            content = said["content"]["application/json"]
            assert content["schema"] == {"$ref": "#/components/schemas/Refusal"}, name
            assert content["example"]["detail"].endswith("."), name
        assert "Retry-After" in refused["429"]["headers"], name


def integers(part):
    """Every schema of an integer within ``part``."""
    if isinstance(part, list):
        part = dict(enumerate(part))
    if isinstance(part, dict):
        if part.get("type") == "integer":
            yield part
        for inner in part.values():
            yield from integers(inner)


def test_every_number_that_can_be_sent_has_an_end(schema):
    """A number too large for its column would be a fault of ours."""
    sent = {
        name: component
        for name, component in schema["components"]["schemas"].items()
        if name.endswith("Request")
    }
    endless = [
        name for name, part in sent.items() if any("maximum" not in n for n in integers(part))
    ]
    assert endless == []
