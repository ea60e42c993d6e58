"""A formula in pieces: every name in it leads to the item, indicator or setting it stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from localaction.engine.packs.frameworks import Framework

#: A text in quotes, or a name; what lies between is kept as it is.
PIECE = re.compile(r"""('[^']*'|"[^"]*"|[A-Za-z_][A-Za-z0-9_.]*)""")


@dataclass(frozen=True)
class Token:
    """A piece of a formula, with what it stands for, and where that is explained."""

    text: str
    label: str = ""
    address: str = ""


Known = Mapping[str, tuple[str, str]]


def known_names(framework: Framework) -> Known:
    """Return what a formula of a framework may name, with label and address."""
    names: dict[str, tuple[str, str]] = {
        "as_of": (_("the day for which is decided"), ""),
        "period.days": (_("the days of the reporting period"), ""),
    }
    for item in framework.items.values():
        for column in item.get("columns", ()):
            names.setdefault(column["id"], (column["label"], ""))
    for name, item in framework.items.items():
        names[name] = (with_unit(item), reverse("web:framework-item", args=[name]))
    for indicator in framework.indicators.values():
        if indicator.name:
            names[indicator.name] = (f"{indicator.id} {indicator.label}", f"#i-{indicator.id}")
    for total in framework.totals.values():
        names[total.id] = (total.label, "#totals")
    for setting in framework.declared:
        names[setting.id] = (setting.label, "#settings")
    for decision in framework.decisions:
        names[decision.id] = (decision.label, "#decisions")
    for badge in framework.badges:
        names[f"badge.{badge.id}"] = (badge.label, "#badges")
    return names


def tokens(formula: str, known: Known) -> Sequence[Token]:
    """Return a formula in pieces that give the same text when they are joined."""
    return [
        Token(text, *known[text]) if text in known else Token(text) for text in PIECE.split(formula) if text
    ]


def with_unit(item: Mapping[str, Any]) -> str:
    """Return the label of a data item with its unit."""
    unit = item.get("unit", "")
    return f"{item['label']}, {unit}" if unit and unit != "1" else str(item["label"])
