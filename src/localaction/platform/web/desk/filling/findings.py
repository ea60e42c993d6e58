"""What a framework finds about its own answers, at the indicator it is about; nothing is said twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from localaction.engine.errors import Finding
from localaction.engine.evaluation.findings import CheckFailed, DividedByZero, OutOfRange
from localaction.engine.formulas.tree import names_in
from localaction.engine.packs.frameworks import Framework
from localaction.platform.reporting.answers import Filled
from localaction.platform.reporting.oddities import Odd
from localaction.platform.web.desk.wording import message_of, remedy_of

# Which finding of a framework says the same as which check of its data items, where both are about the same.
NAMES = re.compile(r"[a-z_]+(?:\.[a-z0-9_]+)+")
SAME = {CheckFailed.code: "cross", OutOfRange.code: "range"}


@dataclass(frozen=True)
class FoundView:
    """What the framework finds: what and why, what to do, and whether it is an error."""

    text: str
    remedy: str
    error: bool


def found_by_framework(filled: Filled, odd: Iterable[Odd]) -> dict[str, list[FoundView]]:
    """Return what a framework finds about the answers, by the indicator where it is shown.

    What a check of data items says of the very same items already is left to it: there it can be explained.

    Parameters
    ----------
    filled : Filled
        The framework with its answers.
    odd : iterable of Odd
        What the form says of data items.
    """
    said = {(each.check.rpartition(":")[2], frozenset(each.items)) for each in odd}
    found: dict[str, list[FoundView]] = {}
    for finding in filled.evaluation.findings:
        items = _items(filled.framework, finding)
        if (SAME.get(finding.code), frozenset(items)) not in said:
            at = _place(filled.framework, finding, items)
            found.setdefault(at, []).append(_view(filled.framework, finding))
    return found


def checked(framework: Framework) -> frozenset[str]:
    """Return the indicators at which a check that rests on several may be shown."""
    return frozenset(check.indicators[0] for check in framework.checks if check.indicators)


def in_labels(finding: Finding, labels: Mapping[str, str]) -> Finding:
    """Return a finding whose rule names data items by their labels: the form shows questions, no ids."""
    rule = finding.params.get("rule")
    if not isinstance(rule, str):
        return finding
    said = NAMES.sub(lambda found: f"“{labels[found[0]]}”" if found[0] in labels else found[0], rule)
    return replace(finding, params={**finding.params, "rule": said})


def _view(framework: Framework, finding: Finding) -> FoundView:
    finding = in_labels(finding, {item: str(each["label"]) for item, each in framework.items.items()})
    indicator = framework.indicators.get(finding.ref or "")
    if finding.code in {OutOfRange.code, DividedByZero.code} and indicator is not None:
        # The form shows questions and not the ids of their data items.
        labels = [str(framework.items[item]["label"]) for item in indicator.items]
        finding = replace(finding, params={**finding.params, "items": ", ".join(labels)})
    return FoundView(message_of(finding), remedy_of(finding), finding.severity == "error")


def _items(framework: Framework, finding: Finding) -> Sequence[str]:
    """Return the data items that a finding is about, through the indicators that its rule names."""
    if finding.code != CheckFailed.code:
        indicator = framework.indicators.get(finding.ref or "")
        return indicator.items if indicator else ()
    reckoned: Mapping[str, Sequence[str]] = {
        each.name: each.items for each in framework.indicators.values() if each.name
    }
    check = next((each for each in framework.checks if each.formula == finding.params["rule"]), None)
    names = sorted(names_in(check.tree)) if check else []
    each_of = [reckoned.get(name, [name]) for name in names]
    # What all are divided by (inhabitants) is not what two of them are at odds about.
    shared = set(each_of[0]).intersection(*each_of[1:]) if len(each_of) > 1 else set()
    rests_on = dict.fromkeys(item for items in each_of for item in items if item in framework.items)
    return [item for item in rests_on if item not in shared] or list(rests_on)


def _place(framework: Framework, finding: Finding, items: Sequence[str]) -> str:
    """Return the indicator a finding names, else the first that shares a data item with it."""
    if finding.ref in framework.indicators:
        return str(finding.ref)
    sharing = (each.id for each in framework.indicators.values() if set(each.items) & set(items))
    return next(sharing, next(iter(framework.indicators)))
