"""Scores that fit their values: bands in order and without holes, ladders with every answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from localaction.engine.packs.frameworks import Scoring
from localaction.engine.yamlpack import Document, Place


def check_scoring(
    document: Document,
    place: Place,
    entry: Mapping[str, Any],
    scoring: Scoring,
    items: Mapping[str, Mapping[str, Any]],
) -> None:
    """Refuse a scoring that leaves a value or an answer without a score, or gives it two.

    Raises
    ------
    PackError
        At the line of the scoring.
    """
    if scoring.kind == "bands":
        _bands(document, (*place, "bands"), scoring)
    elif scoring.kind == "ladder":
        _ladder(document, (*place, "ladder"), entry, scoring, items)
    elif scoring.kind == "linear" and scoring.numbers["from"] == scoring.numbers["to"]:
        raise document.error((*place, "linear"), "the line starts where it ends.", "Correct from or to.")
    elif scoring.kind == "target" and scoring.numbers["value"] == scoring.numbers["worst"]:
        raise document.error((*place, "target"), "the target is the worst value too.", "Correct one.")
    elif scoring.kind == "threshold" and ("at_least" in scoring.numbers) == ("at_most" in scoring.numbers):
        raise document.error((*place, "threshold"), "it has not one threshold.", "Give at_least or at_most.")


def _bands(document: Document, place: Place, scoring: Scoring) -> None:
    ends = [band.below if band.below is not None else band.to for band in scoring.bands]
    if any(band.below is not None and band.to is not None for band in scoring.bands):
        raise document.error(place, "a band has both below and to.", "Keep one of them.")
    if any(end is None for end in ends[:-1]):
        raise document.error(place, "a band that is not the last has no end.", "Add below or to.")
    if ends[-1] is not None:
        raise document.error(
            place, "the last band has an end, so larger values have no score.", "Take it out."
        )
    numbers = [end for end in ends if end is not None]
    if numbers != sorted(set(numbers)):
        raise document.error(place, "the ends of the bands do not rise.", "Order them from low to high.")


def _ladder(
    document: Document,
    place: Place,
    entry: Mapping[str, Any],
    scoring: Scoring,
    items: Mapping[str, Mapping[str, Any]],
) -> None:
    item = items.get(entry.get("answer", ""))
    if item is None or item["kind"] != "choice":
        problem = f"{entry['id']} has a ladder, but is no answer that is chosen from a list."
        raise document.error(place, problem, "Give an answer that is a choice, or another rule.")
    choices = {choice["id"] for choice in item["choices"]}
    if missing := sorted(choices ^ set(scoring.ladder)):
        problem = f'"{missing[0]}" stands in the ladder or in the choices, but not in both.'
        raise document.error(place, problem, "Give every choice its score, and nothing else.")
