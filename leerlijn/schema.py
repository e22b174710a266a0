"""What the OpenAPI schema says about every operation, so that no view has to repeat it."""

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


def describe_refusals(result, generator, request, public):
    """Add the refusals that every operation can give."""
    result.setdefault("components", {}).setdefault("schemas", {})["Refusal"] = REFUSAL
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    for path in result["paths"].values():
        for operation in path.values():
            for status, why in REFUSALS.items():
                answer = {"description": why, "content": content}
                operation["responses"].setdefault(status, answer)
    return result
