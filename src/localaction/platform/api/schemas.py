"""What the interface answers, as types: they check each answer and make the OpenAPI file."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Schema
from pydantic import Field

Confidence = Literal["verified", "secondary", "unverified"]


class Citation(Schema):
    """A document on file and where in it."""

    ref: str = Field(description="Id of the source.")
    locator: str = Field(description="Chapter, table, equation or page.")


class MethodSummary(Schema):
    """A method in the list."""

    id: str = Field(examples=["ghg.composting/1"])
    title: str
    summary: str
    theme: str
    cells: list[str] = Field(description="Cells of the GPC the result belongs to.")
    confidence: Confidence
    examples: list[str] = Field(description="Ids of worked examples.")


class Dimension(Schema):
    """An axis of inputs and outputs."""

    id: str
    label: str
    max: int = Field(description="Most entries that one calculation takes.")
    entries: dict[str, str] = Field(description="Fixed entries, label by id; empty if they are given.")
    named_by: str | None = Field(description="The input that names the entries.")


class Input(Schema):
    """An input of a method."""

    name: str
    label: str
    help: str
    kind: Literal["number", "integer", "year", "choice", "text"]
    unit: str | None
    shape: list[str] = Field(description="Dimensions; none: one value.")
    range: str = Field(description="In words, as in: above 0, at most 1.")
    choices: dict[str, str] | None
    required: bool
    one_value_for_all: bool = Field(description="True if one value may stand for every entry.")
    default: str | None = Field(description="What is used if the input is left out.")


class Output(Schema):
    """An output of a method."""

    name: str
    label: str
    help: str
    unit: str
    species: str | None = Field(description="The gas, if it is a mass of one.")
    shape: list[str]
    inventory: bool = Field(description="True if it goes into an inventory.")


class Formula(Schema):
    """A formula with its number in the document that defines it."""

    text: str
    number: str
    explain: str
    source: Citation
    confidence: Confidence


class Example(Schema):
    """A worked example: post its inputs to run it."""

    id: str
    title: str
    inputs: dict[str, Any]
    expected: dict[str, Any]


class Key(Schema):
    """A key of a parameter table."""

    id: str
    label: str


class Parameter(Schema):
    """A value of a parameter table."""

    at: dict[str, str] = Field(description="Entry by key.")
    value: float
    low: float | None
    high: float | None
    confidence: Confidence
    source: Citation
    note: str


class ParameterTable(Schema):
    """Default values by key."""

    id: str
    label: str
    unit: str
    edition: str
    keys: list[Key]
    source: Citation
    last_checked: str
    note: str
    values: list[Parameter]


class Method(Schema):
    """Everything a method declares."""

    id: str
    title: str
    summary: str
    explanation: list[str]
    limits: list[str]
    cells: list[str]
    dimensions: list[Dimension]
    inputs: list[Input]
    outputs: list[Output]
    formulas: list[Formula]
    source: Citation
    confidence: Confidence
    last_checked: str
    replaces: str | None
    examples: list[Example]
    parameters: list[ParameterTable]
    digest: str


class RunDimension(Schema):
    """An axis of a result."""

    id: str
    entries: list[str]


class UsedInput(Schema):
    """An input as it was used."""

    name: str
    label: str
    unit: str | None
    shape: list[str]
    value: Any = Field(description="A number, a text, or lists of them along the dimensions.")
    origin: Literal["given", "default", "absent"]
    default: dict[str, Any] | None = Field(default=None, description="Where a default came from.")


class Result(Schema):
    """One output."""

    name: str
    label: str
    unit: str
    species: str | None
    inventory: bool
    shape: list[str]
    value: Any = Field(description="A number, or lists of numbers along the dimensions.")


class Co2e(Schema):
    """The gases that go into an inventory, weighed."""

    gwp_set: str
    unit: str
    total: float
    by_output: dict[str, Any]
    without_potential: list[str]


class Finding(Schema):
    """One thing to know, or one reason of a refusal."""

    severity: Literal["error", "warning", "info"]
    code: str
    message: str
    remedy: str
    params: dict[str, Any]
    column: str | None = Field(description="The input.")


class Run(Schema):
    """The result of a method."""

    method: str
    title: str
    dimensions: list[RunDimension]
    inputs: list[UsedInput]
    outputs: list[Result]
    co2e: Co2e | None
    warnings: list[Finding]
    digest: str = Field(description="SHA-256 of the declaration and the parameter tables.")


class Problem(Schema):
    """Why a request was refused (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str = Field(description="Stable; what translations hang on.")
    params: dict[str, Any] = {}
    findings: list[Finding] = []
