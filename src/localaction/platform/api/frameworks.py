"""Frameworks for programs: list them, show one, evaluate answers. Nothing is kept; open to everybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from ninja.throttling import UserRateThrottle

from localaction.engine.errors import InputError
from localaction.engine.evaluation.evaluate import evaluate as evaluated
from localaction.engine.evaluation.nextsteps import next_steps
from localaction.engine.methods.jsoninput import loads
from localaction.engine.packs import editions
from localaction.engine.packs.feeds import feeds
from localaction.engine.packs.frameworks import Framework, Indicator
from localaction.platform.api import framework_schemas, schemas
from localaction.platform.api.methods import REFUSALS, RUNS, body_of
from localaction.platform.values.items import choices_of

AS_OF = "The day for which is decided what is due or late; today by default."
router = Router(tags=["frameworks"])
BODY = {
    "requestBody": {
        "required": True,
        "description": (
            "Answers by data item: a number in the unit of the item, a text, true or false, a day, a list of"
            ' rows, or {"notation_key": "NE"}. What is left out is missing, never zero.'
        ),
        "content": {
            "application/json": {
                "schema": {"type": "object", "additionalProperties": True},
                "example": {"population.total": 8961989},
            }
        },
    }
}


class NotAnObject(InputError):
    """The body holds something else than answers by data item."""

    code = "api.not_an_object"
    text = "The body is not an object with answers by data item."
    remedy_text = 'Send a JSON object such as {{"population.total": 8961989}}.'


@router.get("/", response=list[framework_schemas.FrameworkSummary], summary="List the frameworks")
def list_frameworks(request: HttpRequest) -> list[dict[str, Any]]:
    """Return every edition on file."""
    return [_summary(framework) for framework in editions.frameworks().values()]


@router.get(
    "/{framework}/{edition}",
    response={200: framework_schemas.Framework, 404: schemas.Problem},
    summary="Show one framework",
)
def show_framework(request: HttpRequest, framework: str, edition: str) -> Any:
    """Return what an edition asks, how it reckons, and what is shared with others."""
    found = edition_named(framework, edition)
    return {
        **_summary(found),
        "digest": found.digest,
        "licence": found.licence,
        "sections": dict(found.sections),
        "asks": [_indicator(indicator) for indicator in found.indicators.values()],
        "answers": list(_items(found)),
        "levels": [level.id for level in found.levels],
        "badges": [badge.id for badge in found.badges],
    }


@router.post(
    "/{framework}/{edition}/evaluate",
    response={200: framework_schemas.Evaluation, **REFUSALS},
    summary="Evaluate answers",
    throttle=[UserRateThrottle(RUNS)],
    openapi_extra=BODY,
)
def evaluate(
    request: HttpRequest,
    framework: str,
    edition: str,
    as_of: Annotated[date | None, Query(description=AS_OF)] = None,
) -> Any:
    """Compute. Nothing is kept. Everything that is wrong with the answers is listed at once."""
    found = edition_named(framework, edition)
    answers = loads(body_of(request))
    if not isinstance(answers, Mapping):
        raise NotAnObject
    day = as_of or timezone.localdate()
    result = evaluated(found, answers, as_of=day)
    return {**result.to_dict(), "next": next_steps(found, result, answers, as_of=day).to_dict()}


def edition_named(framework: str, edition: str) -> Framework:
    """Return an edition; the newest is not meant where another is named.

    Raises
    ------
    UnknownFramework
        With the nearest keys.
    """
    known = editions.frameworks()
    key = f"{framework}/{edition}"
    if key not in known:
        raise editions.UnknownFramework(key, list(known))
    return known[key]


def _summary(framework: Framework) -> dict[str, Any]:
    return {
        "key": framework.key,
        "title": framework.title,
        "publisher": framework.publisher,
        "summary": framework.summary,
        "indicators": len(framework.indicators),
        "items": len(framework.items),
        "confidence": framework.confidence,
    }


def _indicator(indicator: Indicator) -> dict[str, Any]:
    scoring = indicator.scoring
    return {
        "id": indicator.id,
        "section": indicator.section,
        "label": indicator.label,
        "help": indicator.help,
        "unit": indicator.unit,
        "formula": indicator.formula or indicator.answer,
        "items": list(indicator.items),
        "required": indicator.required,
        "scored": scoring is not None and scoring.confidence != "unverified",
        "confidence": indicator.confidence,
        "source": {"ref": indicator.source.ref, "locator": indicator.source.locator},
    }


def _items(framework: Framework) -> Iterator[dict[str, Any]]:
    everybody = editions.frameworks().values()
    for name, item in framework.items.items():
        choices = choices_of(item) if item["kind"] == "choice" else None
        yield {
            "id": name,
            "label": item["label"],
            "kind": item["kind"],
            "unit": item.get("unit"),
            "choices": [one["id"] if isinstance(one, Mapping) else one for one in choices]
            if choices
            else None,
            "columns": [column["id"] for column in item["columns"]] if "columns" in item else None,
            "fed": name in feeds(),
            "asked_by": [each.key for each in everybody if name in each.items],
        }
