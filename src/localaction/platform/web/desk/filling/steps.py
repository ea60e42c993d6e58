"""What it takes to reach a level or badge, each step in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from localaction.engine.evaluation.amounts import shown_amount
from localaction.engine.evaluation.conditions import Part

NAMED = 4


def step_text(part: Part, items: Mapping[str, Mapping[str, Any]]) -> str:
    """Return one step in words.

    Parameters
    ----------
    part : Part
        What does not hold yet.
    items : mapping
        Data items of the framework, for their labels.
    """
    if part.kind == "any":
        ways = [step_text(each, items) for each in part.parts]
        return str(_(" or ").join(ways))
    if part.kind == "all":
        return "; ".join(step_text(each, items) for each in part.parts if not each.holds)
    if part.more is not None and part.candidates:
        return _more(part)
    label = part.label or part.formula
    if part.kind == "condition":
        return label
    if part.kind == "answer" or part.needed is None:
        missing = _some([str(items[item]["label"]) for item in part.missing if item in items])
        return _("Answer: %(what)s") % {"what": missing or label}
    told = {"what": label, "now": _value(part.current, ""), "needed": _value(part.needed, "")}
    if part.kind == "truth":
        return _("%(what)s: %(now)s now, must be %(needed)s") % told
    told |= {"now": _value(part.current, part.unit), "needed": _value(part.needed, part.unit)}
    text = {
        "<": _("%(what)s: %(now)s now, must be below %(needed)s"),
        "<=": _("%(what)s: %(now)s now, must be at most %(needed)s"),
        ">": _("%(what)s: %(now)s now, must be above %(needed)s"),
        ">=": _("%(what)s: %(now)s now, must be at least %(needed)s"),
    }.get(part.op, _("%(what)s: %(now)s now, must be %(needed)s"))
    return text % told


def _more(part: Part) -> str:
    count = part.more or 0
    names = _some([f"{each.indicator} {each.label}" for each in part.candidates])
    text = ngettext(
        "%(what)s: %(count)s more, such as %(names)s", "%(what)s: %(count)s more, such as %(names)s", count
    )
    return text % {"what": part.label or part.formula, "count": count, "names": names}


def _some(names: Sequence[str]) -> str:
    rest = len(names) - NAMED
    shown = ", ".join(names[:NAMED])
    if rest <= 0:
        return shown
    return _("%(names)s and %(count)s others") % {"names": shown, "count": rest}


def _value(value: object, unit: str) -> str:
    if value is None:
        return str(_("not known"))
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, float):
        return shown_amount(value, unit)
    return str(value)
