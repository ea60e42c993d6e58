"""A framework and an evaluation in words, and as a page of the documentation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from localaction.engine.cli.editiontext import mapping_table
from localaction.engine.cli.scoringtext import scoring_text
from localaction.engine.evaluation.amounts import plain_number
from localaction.engine.evaluation.results import Evaluation, Result, TotalResult
from localaction.engine.packs.frameworks import Framework, Indicator

SURE = {
    "verified": "seen in the document",
    "secondary": "read in another document",
    "unverified": "not seen: the value is shown, no score is given",
}

SEEN = {**SURE, "unverified": "not seen: compare it before you rely on it"}

FITS = {
    "exact": "fits as it stands.",
    "conversion": "fits after conversion.",
    "confirm": "is to be confirmed.",
}


def framework_page(framework: Framework) -> str:
    """Return a framework as Markdown: every indicator with formula, unit, scores, source."""
    lines = [
        f"# {framework.title}",
        "",
        f"`{framework.key}`. {framework.summary}",
        "",
        f"Publisher: {framework.publisher}. Last compared {framework.last_checked}.",
        f"Source: `{framework.source.ref}`, {framework.source.locator}; {SEEN[framework.confidence]}.",
        "",
        *(line for text in framework.explanation for line in (text, "")),
    ]
    for section, label in framework.sections.items():
        lines += [f"## {label}", ""]
        for indicator in framework.indicators.values():
            if indicator.section == section:
                lines += [*_indicator(indicator), ""]
    lines += _totals(framework)
    for mapping in framework.mappings.values():
        lines += mapping_table(mapping.older, framework, mapping)
    return "\n".join(lines).rstrip() + "\n"


def _indicator(indicator: Indicator) -> Iterator[str]:
    unit = f", {indicator.unit}" if indicator.unit and indicator.unit != "1" else ""
    yield f"**{indicator.id} {indicator.label}**{unit}"
    yield ""
    yield f"- From `{indicator.formula or indicator.answer}`"
    if indicator.low is not None or indicator.high is not None:
        yield f"- Range: {_range(indicator)}"
    if indicator.round is not None:
        yield f"- Rounded half up to {indicator.round} digits"
    if scoring := indicator.scoring:
        yield f"- Score: {scoring_text(scoring)}; {SURE[scoring.confidence]}"
        if scoring.note:
            yield f"- {scoring.note}"
    if indicator.note:
        yield f"- {indicator.note}"
    for item, fit in indicator.fits.items():
        yield f"- `{item}` {FITS[fit.kind]} {fit.note}"
    yield f"- Source: `{indicator.source.ref}`, {indicator.source.locator}; {SEEN[indicator.confidence]}"


def _range(indicator: Indicator) -> str:
    low = "any" if indicator.low is None else f"{indicator.low:g}"
    high = "any" if indicator.high is None else f"{indicator.high:g}"
    return f"{low} to {high}"


def _settings(framework: Framework) -> list[str]:
    if not framework.declared:
        return []
    rows = []
    for setting in framework.declared:
        value = f"{plain_number(setting.value)}{_unit(setting.unit)}"
        source = f"`{setting.source.ref}`, {setting.source.locator}; {SEEN[setting.confidence]}"
        rows.append(f"- `{setting.id}` {setting.label}: {value}; {source}. {setting.note}".rstrip())
    return ["## Settings", "", *rows, ""]


def _unit(unit: str) -> str:
    return f" {unit}" if unit and unit != "1" else ""


def _totals(framework: Framework) -> list[str]:
    lines = _settings(framework)
    if framework.totals:
        lines += ["## Totals", "", "| total | rule | over | |", "|---|---|---|---|"]
        lines += [
            f"| {total.label} | {total.rule} of {total.of} | {len(total.parts)} | {total.note} |"
            for total in framework.totals.values()
        ]
        lines.append("")
    for title, decisions in (
        ("Decisions", framework.decisions),
        ("Badges", framework.badges),
        ("Levels, from high to low", framework.levels),
        ("Checks", framework.checks),
    ):
        if decisions:
            lines += [f"## {title}", ""]
            lines += [
                f"- {found.label}: `{found.formula}`{f', due `{found.due}`' if found.due else ''}"
                for found in decisions
            ]
            lines.append("")
    return lines


def evaluation_text(framework: Framework, found: Evaluation) -> str:
    """Return an evaluation in words: values, scores, totals with coverage, badges, level, findings."""
    lines = [f"{framework.title} ({framework.key})", ""]
    for result in found.results.values():
        lines.append(f"  {result.id:<8}{framework.indicators[result.id].label}: {_result(result)}")
    if found.totals:
        lines.append("")
        for total in found.totals.values():
            lines.append(f"  {framework.totals[total.id].label}: {_total(total)}")
    for badge in found.badges.values():
        due = f", due {badge.due}" if badge.due else ""
        lines.append(f"  badge {badge.id}: {badge.state}{due}")
    for name, truth in found.decisions.items():
        lines.append(f"  {name}: {_truth(truth)}")
    if framework.levels:
        lines.append(f"  level: {found.level or ('none' if found.level_known else 'unknown')}")
    lines += [finding.line() for finding in found.findings]
    return "\n".join(lines)


def _result(result: Result) -> str:
    if result.status in {"missing", "notation"}:
        return "no data" if result.status == "missing" else "a notation key"
    value = result.shown
    shown = plain_number(value) if isinstance(value, float) else str(value)
    unit = f" {result.unit}" if result.unit and result.unit != "1" else ""
    if result.score is not None and result.most is not None:
        return f"{shown}{unit}, score {result.score:g} of {result.most:g}"
    why = {"unverified": ", no score: its rule was not seen", "outside": ", outside its range: no score"}
    return f"{shown}{unit}{why.get(result.status, '')}"


def _total(total: TotalResult) -> str:
    known = f"{total.known} of {total.parts} known"
    if total.value is None:
        return f"no value ({known})"
    of = f" of {plain_number(total.maximum)}" if total.maximum is not None else ""
    share = ""
    if total.share is not None and total.available is not None:
        share = f", {total.share:.1%} of the {plain_number(total.available)} that could be had"
    return f"{plain_number(total.value)}{of} ({known}{share})"


def _truth(truth: bool | None) -> str:
    return {True: "yes", False: "no", None: "unknown"}[truth]


def listing(frameworks: Mapping[str, Framework]) -> str:
    """Return the frameworks on file, a line each."""
    width = max(map(len, frameworks), default=0) + 2
    return "\n".join(
        f"{key:<{width}}{framework.title}: {len(framework.indicators)} indicators"
        for key, framework in frameworks.items()
    )


def item_lines(items: Sequence[Mapping[str, Any]]) -> str:
    """Return data items, a line each: id, unit or kind, label, and the choices of an answer."""
    width = max(len(item["id"]) for item in items) + 2
    return "\n".join(f"{item['id']:<{width}}{_held(item)}" for item in items)


def _held(item: Mapping[str, Any]) -> str:
    kind = item.get("unit") or item["kind"].replace("_", " ")
    text = f"{kind:<12}{item['label']}"
    if item["kind"] == "choice":
        names = (choice if isinstance(choice, str) else choice["id"] for choice in item["choices"])
        return f"{text} ({', '.join(names)})"
    if item["kind"] == "table":
        return f"{text} (columns {', '.join(column['id'] for column in item['columns'])})"
    return text
