"""The interface as a whole: its addresses, its OpenAPI file, and the page that explains it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from localaction import __version__
from localaction.platform.api import problems
from localaction.platform.api.frameworks import router as frameworks
from localaction.platform.api.methods import router as methods
from localaction.platform.api.pages import operations

DESCRIPTION = (
    "Open to everybody without a key. Answers are JSON; refusals are application/problem+json with a stable"
    " code, the values that fill the message, and every finding."
)

PROBLEM = "#/components/schemas/Problem"


class Interface(NinjaAPI):
    """The interface; its OpenAPI file calls refusals problems, and operations by their function."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the name of the function: ``list_methods``."""
        return str(operation.view_func.__name__)

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the OpenAPI file."""
        schema = super().get_openapi_schema(**options)
        for verbs in schema["paths"].values():
            for entry in verbs.values():
                for answer in entry["responses"].values():
                    content = answer.get("content", {})
                    if content.get("application/json", {}).get("schema", {}).get("$ref") == PROBLEM:
                        answer["content"] = {problems.MEDIA_TYPE: content["application/json"]}
        return schema


api = Interface(
    title="Local Action",
    version=__version__,
    description=DESCRIPTION,
    docs_url=None,
    urls_namespace="api",
)
problems.install(api)
api.add_router("/methods", methods)
api.add_router("/frameworks", frameworks)


@api.get("/", include_in_schema=False, url_name="about")
def about(request: HttpRequest) -> HttpResponse:
    """Show what can be asked of the interface, made from its OpenAPI file; needs no scripts."""
    schema = api.get_openapi_schema()
    return render(request, "api/about.html", {"info": schema["info"], "operations": operations(schema)})
