"""Methods for programs: list them, show one, run one. Pure calculations, open to everybody, with a limit."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from ninja import Query, Router

from localaction.engine.methods.describe import description, summaries
from localaction.engine.methods.jsoninput import MAX_BYTES, TooMuch, loads
from localaction.engine.methods.registry import method_of
from localaction.engine.methods.run import run_method
from localaction.engine.packs import Library
from localaction.platform.accounts.limits import CALCULATIONS, calculations
from localaction.platform.api import schemas

RUNS = CALCULATIONS
router = Router(tags=["methods"])
REFUSALS: dict[int, Any] = {
    400: schemas.Problem,
    404: schemas.Problem,
    413: schemas.Problem,
    422: schemas.Problem,
    429: schemas.Problem,
}
BODY = {
    "requestBody": {
        "required": True,
        "description": (
            "The inputs by name. A value may be an object with value and unit; a list may be an object"
            " by entry. What is left out is filled from the defaults."
        ),
        "content": {
            "application/json": {
                "schema": {"type": "object", "additionalProperties": True},
                "example": {"mass": [15000], "basis": "wet"},
            }
        },
    }
}


@router.get("/", response=list[schemas.MethodSummary], summary="List the methods")
def list_methods(
    request: HttpRequest,
    theme: str | None = Query(  # type: ignore[type-arg]
        None, description="Only those of one theme, such as ghg."
    ),
    cell: str | None = Query(  # type: ignore[type-arg]
        None, description="Only those for one cell of the GPC, such as III.1.1."
    ),
) -> list[dict[str, object]]:
    """Return all methods, or those of one theme or cell."""
    found = Library.load().methods.values()
    return summaries(
        method for method in found if theme in (None, method.theme) and (cell is None or cell in method.cells)
    )


@router.get(
    "/{name}/{version}",
    response={200: schemas.Method, 404: schemas.Problem, 422: schemas.Problem},
    summary="Show one method",
)
def show_method(request: HttpRequest, name: str, version: int) -> Any:
    """Return what a method declares: inputs, outputs, formulas, parameter tables, worked examples."""
    library = Library.load()
    return description(method_of(f"{name}/{version}", library), library)


@router.post(
    "/{name}/{version}/run",
    response={200: schemas.Run, **REFUSALS},
    summary="Run one method",
    throttle=[calculations()],
    openapi_extra=BODY,
)
def run(
    request: HttpRequest,
    name: str,
    version: int,
    gwp: str | None = Query(  # type: ignore[type-arg]
        None, description="Weigh the gases with these warming potentials, such as ar5."
    ),
) -> Any:
    """Compute. Nothing is kept. Everything that is wrong with the inputs is listed at once."""
    library = Library.load()
    method = method_of(f"{name}/{version}", library)
    return run_method(method.id, loads(body_of(request)), library, gwp_set=gwp).to_dict()


def body_of(request: HttpRequest) -> bytes:
    """Return the body of a request, refused where it is too large."""
    try:
        body = request.body
    except RequestDataTooBig as error:
        raise TooMuch(limit=MAX_BYTES) from error
    if len(body) > MAX_BYTES:
        raise TooMuch(limit=MAX_BYTES)
    return body
