"""What the OpenAPI schema says about every operation, so that no view has to repeat it."""

from contextlib import suppress

from drf_spectacular.authentication import SessionScheme
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent

from leerlijn.examples import example_of, refusals

REFUSAL = {
    "type": "object",
    "required": ["code", "detail"],
    "properties": {
        "code": {"type": "string", "description": "For programs; it does not change."},
        "detail": {"type": "string", "description": "For people, in Dutch."},
        "fields": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
}
REFUSALS = {
    "400": "Cannot be done now, or not filled in well.",
    "401": "Who are you?",
    "403": "May be seen, may not be done.",
    "404": "Not there, or not yours to see.",
    "405": "Not a method of this resource.",
    "406": "Only JSON is spoken here.",
    "409": "Somebody else was first.",
    "415": "Not a format that this resource reads.",
    "429": "Too many requests in this minute.",
}
RETRY_AFTER = {
    "Retry-After": {
        "description": "Seconds until you may ask again.",
        "schema": {"type": "integer"},
    }
}
# What a request without a body, and one that asks for no name, cannot get.
ONLY_WRITING = {"409", "415"}
ONLY_KNOWN = {"401", "403"}


# What may come along with any request that makes something; see participants.receipts.
CLIENT_ID = {
    "type": "string",
    "format": "uuid",
    "nullable": True,
    "writeOnly": True,
    "description": "A random UUID of your own making: sent twice, made once. For three days the"
    " same answer comes again; with something else in the request: 409 `sent_before`.",
}


class Operations(AutoSchema):
    """As the framework describes them, with the ``client_id`` of what is made once."""

    def get_operation(self, *args, **kwargs):
        operation = super().get_operation(*args, **kwargs)
        act = getattr(self.view, getattr(self.view, "action", None) or "", None)
        if operation and self.method == "POST" and getattr(act, "takes_client_id", False):
            for content in operation["requestBody"]["content"].values():
                named = content["schema"]["$ref"].rpartition("/")[2]
                component = self.registry[(named, ResolvedComponent.SCHEMA)]
                component.schema["properties"].setdefault("client_id", CLIENT_ID)
        return operation


class SessionCookie(SessionScheme):
    """Our own class for a session is for the schema what the framework's is."""

    target_class = "participants.accounts.second_factor.Session"


class ClockTime(OpenApiSerializerFieldExtension):
    """A time of the clock in Amsterdam; the format ``time`` of OpenAPI would ask for a zone."""

    target_class = "rest_framework.fields.TimeField"

    def map_serializer_field(self, auto_schema, direction):
        seconds = "(:[0-5][0-9])?" if direction == "request" else ":[0-5][0-9]"
        return {"type": "string", "pattern": f"^([01][0-9]|2[0-3]):[0-5][0-9]{seconds}$"}


def describe_refusals(result, generator, request, public):
    """Add the refusals that each operation can give."""
    result.setdefault("components", {}).setdefault("schemas", {})["Refusal"] = REFUSAL
    for _path, method, operation in operations_of(result):
        for status in set(REFUSALS) - impossible(method, operation):
            operation["responses"].setdefault(status, refusal(status))
    return result


def impossible(method, operation):
    """The statuses that ``operation`` never answers."""
    never = ONLY_WRITING if method in ("get", "delete") else set()
    return never | ONLY_KNOWN if not operation.get("security") else never


def refusal(status):
    content = {"schema": {"$ref": "#/components/schemas/Refusal"}, "example": refusals()[status]}
    answer = {"description": REFUSALS[status], "content": {"application/json": content}}
    return answer | {"headers": RETRY_AFTER} if status == "429" else answer


def give_examples(result, generator, request, public):
    """Add what is sent and what is answered, as it could be, to each operation."""
    schemas = result["components"]["schemas"]
    for _path, _method, operation in operations_of(result):
        bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
        for content in [content for body in bodies for content in body.get("content", {}).values()]:
            # A field without one costs this example, never the schema; a test asks for all.
            with suppress(KeyError):
                content.setdefault("example", example_of(content["schema"], schemas))
    return result


def operations_of(schema):
    """``(path, method, operation)`` of all that ``schema`` describes."""
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation
