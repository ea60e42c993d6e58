"""From the form to a result, or to what is wrong with it, by control."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from localaction.engine.errors import Finding, Refused
from localaction.engine.inventory.options import DEFAULT_GWP_SET
from localaction.engine.methods.results import MethodRun
from localaction.engine.methods.run import run_method
from localaction.engine.packs.methods import Method
from localaction.platform.web.calculator.draft import Draft, Meant, control, meant
from localaction.platform.web.desk.wording import message_of, remedy_of, text_of
from localaction.platform.web.rulebook import library

SHOWN = 20  # faults that the summary lists


@dataclass(frozen=True)
class Fault:
    """One thing to change, with the control it is about."""

    control: str
    label: str
    text: str
    remedy: str

    @property
    def link(self) -> str:
        """Where in the page it is; empty if nowhere."""
        return f"#f-{self.control.replace('.', '-')}" if self.control else ""


@dataclass(frozen=True)
class Outcome:
    """A run, or the faults that stand in its way; ``inputs`` are those of the form."""

    inputs: Mapping[str, object]
    run: MethodRun | None
    faults: Sequence[Fault]
    more: int
    errors: Mapping[str, Sequence[str]]


def outcome(draft: Draft, gwp_set: str) -> Outcome:
    """Return what the method gives for what was typed."""
    found = meant(draft)
    if found.findings:
        return _refused(draft, found, found.findings)
    try:
        run = run_method(draft.method.id, found.inputs, library(), gwp_set=gwp_set)
    except Refused as refused:
        return _refused(draft, found, refused.findings)
    return Outcome(found.inputs, run, (), 0, {})


def known_gwp(word: str) -> str:
    """Return a set of warming potentials by its id; the usual one if there is none of this name."""
    return word if word in library().gwp_sets else DEFAULT_GWP_SET


def _refused(draft: Draft, found: Meant, findings: Sequence[Finding]) -> Outcome:
    faults: list[Fault] = []
    errors: dict[str, list[str]] = {}
    for finding in findings:
        place = found.shown_at(finding, draft.method)
        faults.append(_fault(finding, place, draft.method))
        if place:
            errors.setdefault(place, []).append(text_of(finding))
    return Outcome(found.inputs, None, faults[:SHOWN], len(faults) - len(faults[:SHOWN]), errors)


def _fault(finding: Finding, place: str, method: Method) -> Fault:
    entry = method.inputs.get(finding.column or "")
    message, remedy = message_of(finding), remedy_of(finding)
    if entry is None:
        return Fault("", "", message, remedy)
    label = str(finding.params.get("where") or entry.label)
    return Fault(place or control(entry.name), label, message.removeprefix(label).strip(" :,"), remedy)
