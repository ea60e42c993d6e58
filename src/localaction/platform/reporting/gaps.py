"""What is open, each data item once however many frameworks ask for it: the one list to work through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from localaction.engine.packs.frameworks import Framework
from localaction.platform.reporting.answers import Filled, asked
from localaction.platform.reporting.known import Known

#: What takes least goes first where as many frameworks ask: saying yes before looking for a figure.
EASE = ("confirm", "stale", "missing")


@dataclass(frozen=True)
class Open:
    """A data item that does not count yet.

    Parameters
    ----------
    known : Known
        How it stands for the framework that is hardest to please.
    asked_by : tuple of Framework
        The frameworks for which it is open.
    """

    item: str
    label: str
    known: Known
    asked_by: tuple[Framework, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for JSON."""
        return {
            "item": self.item,
            "label": self.label,
            "state": self.known.state,
            "asked_by": [framework.key for framework in self.asked_by],
            "offers": [
                {"why": offer.why, "year": offer.year, "note": offer.note, "source": offer.source}
                for offer in self.known.offers
            ],
        }


def open_items(filled: Sequence[Filled]) -> list[Open]:
    """Return what is open: what most frameworks ask for first, then what is easiest, then in their order."""
    found: dict[str, Open] = {}
    for each in filled:
        for item in asked(each.framework):
            known = each.known[item]
            if known.counts:
                continue
            before = found.get(item)
            askers = (*(before.asked_by if before else ()), each.framework)
            worst = before.known if before and _ease(before.known) >= _ease(known) else known
            found[item] = Open(item, each.framework.items[item]["label"], worst, askers)
    return sorted(found.values(), key=lambda one: (-len(one.asked_by), _ease(one.known)))


def gaps_dict(filled: Filled) -> dict[str, Any]:
    """Return how a place stands with a framework as plain data for JSON: command and interface give this."""
    evaluation = filled.evaluation
    return {
        "framework": filled.framework.key,
        "title": filled.framework.title,
        "counts": filled.counts,
        "share": filled.share,
        "level": evaluation.level,
        "level_known": evaluation.level_known,
        "totals": [total.to_dict() for total in evaluation.totals.values()],
        "badges": [badge.to_dict() for badge in evaluation.badges.values()],
        "items": {
            state: filled.items_in(state) for state in ("answered", "key", "confirm", "stale", "missing")
        },
        "next": filled.steps.to_dict(),
    }


def _ease(known: Known) -> int:
    return EASE.index(known.state)
