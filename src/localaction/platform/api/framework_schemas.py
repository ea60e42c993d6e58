"""What the interface answers about frameworks, as types."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import Field

from localaction.platform.api.schemas import Citation, Confidence


class FrameworkSummary(Schema):
    """An edition in the list."""

    key: str = Field(description="id/edition, by which it is named.")
    title: str
    publisher: str
    summary: str
    indicators: int
    items: int = Field(description="Data items it asks for.")
    confidence: Confidence


class Indicator(Schema):
    """One thing that is asked or reckoned."""

    id: str = Field(description="As the publisher prints it.")
    section: str
    label: str
    help: str
    unit: str
    formula: str = Field(description="Of data items; for a plain answer the item.")
    items: list[str]
    required: str
    scored: bool = Field(description="False where it has no scoring, or one nobody has seen in the document.")
    confidence: Confidence
    source: Citation


class Item(Schema):
    """A data item: the fact that an answer is about, shared by all frameworks that ask for it."""

    id: str
    label: str
    kind: str = Field(description="number, choice, yes_no, day, text or table.")
    unit: str | None
    choices: list[str] | None
    columns: list[str] | None
    fed: bool = Field(description="True if something else may fill it without typing.")
    asked_by: list[str] = Field(description="Editions that ask for it.")


class Framework(FrameworkSummary):
    """An edition as a whole."""

    digest: str = Field(description="SHA-256 of the edition, which evaluations name.")
    licence: str
    sections: dict[str, str]
    asks: list[Indicator]
    answers: list[Item]
    levels: list[str] = Field(description="From high to low.")
    badges: list[str]


class Evaluation(Schema):
    """What a framework says of the answers."""

    framework: str
    digest: str
    indicators: list[dict[str, Any]] = Field(description="Value, score, most, status and trace of each.")
    totals: list[dict[str, Any]]
    decisions: dict[str, bool | None]
    badges: list[dict[str, Any]]
    level: str | None
    level_known: bool
    findings: list[dict[str, Any]]
    next: dict[str, Any] = Field(description="What it takes to the next level, badge and decision.")
