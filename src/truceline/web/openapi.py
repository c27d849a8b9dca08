"""The description of the API: what FastAPI tells, and what is true beside it of every answer and of this mission."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from truceline.model.assessment import Verdict
from truceline.model.mission import Mission
from truceline.publish.looks import find_kinds
from truceline.schemas.register import FeatureCollection, ProblemOut
from truceline.vocab.mission_terms import kind_names
from truceline.web.filters import GRADE, NOT_ASSESSED
from truceline.web.problems import MEDIA
from truceline.web.visitor import COOKIE

REFERENCE = "#/components/schemas/{model}"
METHODS = ("get", "put", "post", "delete", "patch")
TAGS = (
    ("Register", "Where things are, words in any spelling, a view over time and by place."),
    ("Incidents", "What we hold happened, with every telling it rests on."),
    ("Documents", "What was gathered, and what was read in it."),
    ("Watch", "What is changing, and what could not be seen."),
    ("Mission", "The agreement and the sources."),
    ("Bulletins", "What the team published, as it was published."),
    ("Check", "A text or a page read at once and held against the register."),
    ("Decisions", "What people of the team decide, kept under their name."),
    ("Review", "What waits for somebody to decide, and answers to it."),
)
PROBLEMS = {
    "400": "Well written, and cannot be looked up: an unknown parameter or value, or days in the wrong order.",
    "401": "Log in, or send a token; or this one is not valid.",
    "403": "Whoever the token or the session is of has no right to it.",
    "404": "Not held.",
    "410": "Held once, and no more; says where its claims stand by now.",
    "422": "Of the wrong form.",
    "429": "Too often in a short time; Retry-After says when to go on.",
    "503": "The register cannot be read just now.",
    "default": "Anything else: 405 names in Allow what can be done, 413 to 421 say what was too much or not for here.",
}
DAY = "^(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
UNUSED = {"const": ""}  # what a form sends for a filter that is not used
# Without either, this machine may read while there are no accounts yet, and anybody where a service is open.
SCHEMES: Mapping[str, Any] = {
    "token": {"type": "http", "scheme": "bearer", "description": "A token made on the page of one's account."},
    "session": {"type": "apiKey", "in": "cookie", "name": COOKIE, "description": "Of a browser that is logged in."},
}
# What lists give to ask further with: (operation, parameter, where its value stands).
LINKS = {
    "list_incidents": (("get_incident", "id", "$response.body#/items/0/id"),),
    "search": (("get_incident", "id", "$response.body#/items/0/id"),),
    "get_incident": (
        ("get_document", "id", "$response.body#/claims/0/document"),
        ("get_history", "name", "$response.body#/incident/id"),
    ),
    "list_bulletins": (("get_published_bulletin", "id", "$response.body#/items/0/id"),),
    "list_documents": (("get_document", "id", "$response.body#/items/0/id"),),
    "get_document": (("get_reading", "id", "$response.body#/id"),),
}


def openapi_of(app: FastAPI, mission: Mission, *, security: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The description of everything under /api/v1, with the filters' values as this mission has them.

    `security` are security schemes by name: any of them lets in, and so may none.
    """
    told = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        tags=[{"name": name, "description": words} for name, words in TAGS],
    )
    schemas = told.setdefault("components", {}).setdefault("schemas", {})
    schemas |= models_json_schema(
        [(FeatureCollection, "serialization"), (ProblemOut, "serialization")], ref_template=REFERENCE
    )[1]["$defs"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    known = values_of(mission)
    for path in told["paths"].values():
        for method in METHODS:
            if method in path:
                complete(path[method], known, is_read=method == "get")
    if security:
        told["components"]["securitySchemes"] = dict(security)
        told["security"] = [{}, *({name: []} for name in security)]
    return told


def complete(operation: dict[str, Any], known: Mapping[str, dict[str, Any]], *, is_read: bool) -> None:
    """Problems, marks and links of one operation, and what its parameters can be."""
    operation["summary"] = operation.get("description", operation["summary"]).split(". ")[0].rstrip(".")
    parameters = operation.get("parameters", [])
    asked = {each["name"]: each for each in parameters if each["in"] == "query"}
    for each in asked.values() if set(known) <= set(asked) else ():  # where the register is filtered
        if each["name"] in known:
            description = each["schema"].get("description", each.get("description", ""))
            each["schema"] = {**known[each["name"]], "default": "", "description": description}
            each.pop("example", None)
    answers = operation["responses"]
    answers.pop("422", None)  # as FastAPI has it, of another shape than ours
    problem = {MEDIA: {"schema": {"$ref": REFERENCE.format(model="ProblemOut")}}}
    for status, words in problems_of(parameters, answers, is_read=is_read).items():
        answers[status] = {"description": words, "content": problem}
    if is_read:
        mark = {
            "ETag": {"required": True, "description": "Send it back as If-None-Match.", "schema": {"type": "string"}}
        }
        answers["304"] = {"description": "What you hold is still so.", "headers": mark}
        answers["200"]["headers"] = mark
        answers["200"]["description"] = "As described."
    for following, name, where in LINKS.get(operation["operationId"], ()):
        links = answers["200"].setdefault("links", {})
        links[following] = {"operationId": following, "parameters": {name: where}}


def problems_of(
    parameters: list[dict[str, Any]], answers: Mapping[str, dict[str, Any]], *, is_read: bool
) -> dict[str, str]:
    """What can go wrong, by status, in words; those that the operation has of its own as it tells them."""
    places = {each["in"] for each in parameters}
    checked = "path" in places or "query" in places or not is_read
    left_out = {"404": "path" not in places, "422": not checked}
    usual = {status: words for status, words in PROBLEMS.items() if not left_out.get(status)}
    return usual | {status: told["description"] for status, told in answers.items() if status[0] in "45"}


def values_of(mission: Mission) -> dict[str, dict[str, Any]]:
    """What each filter can be in this mission, as JSON Schema; "" where it is not used."""
    parties = sorted(
        {each.id for each in mission.actors} | {f"side:{each.side}" for each in mission.actors if each.side}
    )
    sources = sorted(each.id for each in mission.sources if not each.confidential)
    kinds = sorted({each.id for each in find_kinds()} | set(kind_names()))
    verdicts = [*(each.value for each in Verdict), NOT_ASSESSED]
    day = {"anyOf": [UNUSED, {"type": "string", "format": "date", "pattern": DAY}], "examples": ["2016-05-01"]}
    coded = {"type": "string", "pattern": "^[0-9]{1,10}$"}
    return {
        "party": one_of(parties),
        "source": one_of(sources),
        "verdict": one_of(verdicts),
        "kind": {"anyOf": [one_of(kinds), coded], "examples": ["air"]},
        "grade": {
            "anyOf": [UNUSED, {"type": "string", "pattern": f"^({GRADE.pattern})$"}],
            "examples": ["B", "2", "B2"],
        },
        "from": day,
        "to": day,
    }


def one_of(values: list[str]) -> dict[str, Any]:
    return {"type": "string", "enum": ["", *values], "examples": values[:1]}
