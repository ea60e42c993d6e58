"""What is odd about the figures of a place, beside what was said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from localaction.engine.errors import Finding
from localaction.engine.evaluation.plausibility import PeerRange, plausibility
from localaction.engine.packs import Library
from localaction.platform.frameworks.queries import Range
from localaction.platform.reporting.known import Holdings, Known
from localaction.platform.values.kinds import answer_of
from localaction.platform.values.models import Value
from localaction.platform.values.queries import current_of
from localaction.platform.values.remarks import EXPLAINS, Said

Remarks = Mapping[int, Mapping[tuple[str, str], Said]]


@dataclass(frozen=True, slots=True)
class Odd:
    """A finding of a check, the figure it is about, and the explanation that stays with it.

    ``value`` is the first figure of those the check compares that the place itself has entered; a finding
    about figures that are filled from elsewhere alone has none, and nothing to explain.
    """

    finding: Finding
    check: str
    items: tuple[str, ...]
    value: Value | None
    explained: Said | None


def oddities(
    holdings: Holdings, known: Mapping[str, Known], remarks: Remarks, ranges: Mapping[str, Range]
) -> tuple[Odd, ...]:
    """Return what packs find odd about what counts for a year.

    Parameters
    ----------
    holdings : Holdings
        The figures, those of earlier years too.
    known : mapping of str to Known
        What counts.
    remarks : mapping
        What was said of the figures, by revision.
    ranges : mapping of str to Range
        What comparable places publish.
    """
    answers = {item: each.answer for item, each in known.items() if each.state == "answered"}
    peers = {
        subject: PeerRange(each.low, each.median, each.high, each.count, each.who)
        for subject, each in ranges.items()
    }
    found = plausibility(
        Library.load().plausible, answers, year=holdings.year, earlier=earlier(holdings, known), peers=peers
    )
    return tuple(_odd(finding, known, remarks) for finding in found)


def earlier(holdings: Holdings, items: Mapping[str, Known]) -> dict[int, dict[str, Any]]:
    """Return the place's own figures of earlier years, by label year and data item."""
    found: dict[int, dict[str, Any]] = {}
    for item in items:
        for value in holdings.own(item):
            if value.label_year < holdings.year:
                said = answer_of(holdings.items[item], current_of(value))
                found.setdefault(value.label_year, {}).setdefault(item, said)
    return found


def _odd(finding: Finding, known: Mapping[str, Known], remarks: Remarks) -> Odd:
    check = str(finding.params["check"])
    items = tuple(str(item) for item in finding.params["items"])  # type: ignore[attr-defined]
    values = [known[item].value for item in items if item in known]
    own = next((value for value in values if value is not None), None)
    said = remarks.get(own.current_id or 0, {}) if own else {}
    return Odd(finding, check, items, own, said.get((EXPLAINS, check)))
