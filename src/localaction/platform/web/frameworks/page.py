"""The page of one edition: sections and indicators, totals, badges, levels, checks, settings, editions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from localaction.engine.cli.editiontext import Change, changes
from localaction.engine.packs.frameworks import Decision, Framework, Indicator, Scoring, Setting, Total
from localaction.engine.packs.mappings import mapping_between
from localaction.engine.references.cited import Confidence
from localaction.platform.web.calculator.pages import Cited
from localaction.platform.web.frameworks import words
from localaction.platform.web.frameworks.catalogue import (
    askers,
    framework_address,
    gives_no_score,
    on_file,
    originals,
    scores,
)
from localaction.platform.web.frameworks.formula import Known, Token, known_names, tokens
from localaction.platform.web.frameworks.mapped import MappingView, mapping_view
from localaction.platform.web.frameworks.speech import published
from localaction.platform.web.frameworks.words import cited_at

MARKS: tuple[Confidence, ...] = ("verified", "secondary", "unverified")


@dataclass(frozen=True)
class Asked:
    """A data item that an indicator rests on, and the other frameworks that ask for it too.

    ``fit`` says where this framework defines it otherwise than others do.
    """

    id: str
    label: str
    unit: str
    address: str
    others: Sequence[tuple[str, str]]
    fit: str


@dataclass(frozen=True)
class ScoringView:
    """How an indicator is scored: lines from low to high, source, and whether a score is given at all.

    ``same`` where the rule was read at the same place as the indicator, and is as sure.
    """

    scoring: Scoring
    steps: Sequence[words.Step]
    by_answer: bool
    given: bool
    same: bool
    cited: Cited


@dataclass(frozen=True)
class IndicatorView:
    """An indicator as the page shows it.

    ``silent`` where the framework scores and this one gives none; ``sure`` explains its mark where that
    differs from the mark of the framework.
    """

    indicator: Indicator
    anchor: str
    unit: str
    formula: Sequence[Token]
    facts: str
    required: str
    items: Sequence[Asked]
    shared: int
    scoring: ScoringView | None
    silent: bool
    cited: Cited
    sure: str


@dataclass(frozen=True)
class SectionView:
    """A section with its indicators."""

    id: str
    label: str
    indicators: Sequence[IndicatorView]


@dataclass(frozen=True)
class TotalView:
    """A total: rule, parts with their weights, the most it can be."""

    total: Total
    rule: str
    missing: str
    parts: Sequence[tuple[str, str, str]]
    most: str


@dataclass(frozen=True)
class DecisionView:
    """A badge, level, check or decision with its formula, and the last day in time."""

    decision: Decision
    formula: Sequence[Token]
    due: Sequence[Token]


@dataclass(frozen=True)
class EditionView:
    """Another edition, and what is otherwise from the older of the two to the newer.

    ``mapping`` says what became of each indicator; with one, ``changes`` holds what is worded or reckoned
    otherwise, and not what came or went.
    """

    framework: Framework
    address: str
    newer: bool
    changes: Sequence[Change]
    mapping: MappingView | None


@dataclass(frozen=True)
class FrameworkPage:
    """Everything the page of an edition shows beside the edition itself."""

    sections: Sequence[SectionView]
    totals: Sequence[TotalView]
    badges: Sequence[DecisionView]
    levels: Sequence[DecisionView]
    decisions: Sequence[DecisionView]
    checks: Sequence[DecisionView]
    settings: Sequence[tuple[Setting, str, str, Cited]]
    editions: Sequence[EditionView]
    cited: Cited
    sure: str
    marks: Sequence[tuple[str, int, str]]
    scores: bool
    silent: int
    cite: str


def framework_page(framework: Framework) -> FrameworkPage:
    """Return what the page of an edition shows."""
    known = known_names(framework)
    return FrameworkPage(
        sections=list(_sections(framework, known)),
        totals=[_total(framework, total) for total in framework.totals.values()],
        badges=_decided(framework.badges, known),
        levels=_decided(framework.levels, known),
        decisions=_decided(framework.decisions, known),
        checks=_decided(framework.checks, known),
        settings=[
            (held, words.amount(held.value), words.unit_shown(held.unit), cited_at(held.source))
            for held in framework.declared
        ],
        editions=_editions(framework),
        cited=cited_at(framework.source),
        sure=words.sure(framework.confidence),
        marks=_marks(framework),
        scores=scores(framework),
        silent=sum(map(gives_no_score, framework.indicators.values())) if scores(framework) else 0,
        cite=_cite(framework),
    )


def _marks(framework: Framework) -> list[tuple[str, int, str]]:
    counts = Counter(indicator.confidence for indicator in framework.indicators.values())
    return [(mark, counts[mark], words.sure(mark)) for mark in MARKS if counts[mark]]


def _sections(framework: Framework, known: Known) -> Iterator[SectionView]:
    others = _others(framework)
    scored = scores(framework)
    for section, label in framework.sections.items():
        views = [
            _indicator(framework, indicator, known, others, scored)
            for indicator in framework.indicators.values()
            if indicator.section == section
        ]
        if views:
            yield SectionView(section, label, views)


def _others(framework: Framework) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return of each data item the other frameworks that ask for it, with their addresses."""
    return {
        item: [(held.title, framework_address(held)) for held in asking if held.id != framework.id]
        for item, asking in askers().items()
    }


def _indicator(
    framework: Framework,
    indicator: Indicator,
    known: Known,
    others: Mapping[str, Sequence[tuple[str, str]]],
    scored: bool,
) -> IndicatorView:
    items = [_asked(framework, indicator, item, others[item]) for item in indicator.items]
    return IndicatorView(
        indicator=indicator,
        anchor=f"i-{indicator.id}",
        unit=words.unit_shown(indicator.unit),
        formula=tokens(indicator.formula or indicator.answer, known),
        facts=_facts(indicator),
        required=words.required(indicator),
        items=items,
        shared=sum(bool(item.others) for item in items),
        scoring=_scoring(framework, indicator),
        silent=scored and gives_no_score(indicator),
        cited=cited_at(indicator.source),
        sure="" if indicator.confidence == framework.confidence else words.sure(indicator.confidence),
    )


def _asked(framework: Framework, indicator: Indicator, item: str, others: Sequence[tuple[str, str]]) -> Asked:
    held = framework.items[item]
    unit = words.unit_shown(held.get("unit", ""))
    fit = indicator.fits[item].note if item in indicator.fits else ""
    return Asked(item, held["label"], unit, reverse("web:framework-item", args=[item]), others, fit)


def _facts(indicator: Indicator) -> str:
    span = words.span(indicator)
    rounded = ""
    if indicator.round is not None:
        rounded = ngettext(
            "rounded half up to %(count)d decimal", "rounded half up to %(count)d decimals", indicator.round
        ) % {"count": indicator.round}
    return words.joined([
        _("range %(span)s") % {"span": span} if span else "",
        words.direction(indicator),
        rounded,
    ])  # fmt: skip


def _scoring(framework: Framework, indicator: Indicator) -> ScoringView | None:
    scoring = indicator.scoring
    if scoring is None:
        return None
    choices = words.choices_of(framework.items.get(indicator.answer))
    return ScoringView(
        scoring=scoring,
        steps=words.steps(scoring, choices),
        by_answer=scoring.kind == "ladder",
        given=not gives_no_score(indicator),
        same=(scoring.source, scoring.confidence) == (indicator.source, indicator.confidence),
        cited=cited_at(scoring.source),
    )


def _total(framework: Framework, total: Total) -> TotalView:
    parts = []
    for part in total.parts:
        weight = words.amount(total.weights[part]) if part in total.weights else ""
        if part in framework.indicators:
            parts.append((part, f"#i-{part}", weight))
        else:
            parts.append((framework.totals[part].label, "#totals", weight))
    rule, missing = words.total_rule(total), words.missing_rule(total)
    return TotalView(total, rule, missing, parts, words.most(framework, total))


def _decided(decisions: Sequence[Decision], known: Known) -> list[DecisionView]:
    return [
        DecisionView(found, tokens(found.formula, known), tokens(found.due, known)) for found in decisions
    ]


def _editions(framework: Framework) -> list[EditionView]:
    found = []
    newer = False
    for held in on_file().values():
        if held.key == framework.key:
            newer = True
        elif held.id == framework.id:
            found.append(_edition(framework, held, newer))
    return found


def _edition(framework: Framework, other: Framework, newer: bool) -> EditionView:
    older, later = (framework, other) if newer else (other, framework)
    mapping = mapping_between(older, later)
    found = [_in_own_words(change, later) for change in changes(*_published(older, later))]
    if mapping:
        found = [change for change in found if change.was or change.now]
    view = mapping_view(older, later, mapping) if mapping else None
    return EditionView(other, framework_address(other), newer, found, view)


def _published(older: Framework, later: Framework) -> tuple[Framework, Framework]:
    """Return two editions in the words of their publisher: how far each is translated changes nothing."""
    held = originals()
    return held[older.key], held[later.key]


def _in_own_words(change: Change, framework: Framework) -> Change:
    texts = {name: published(getattr(change, name), framework) for name in ("label", "was", "now")}
    return replace(change, **texts)


def _cite(framework: Framework) -> str:
    parts = {
        "title": framework.title,
        "id": framework.key,
        "publisher": framework.publisher,
        "digest": framework.digest[:12],
        "day": framework.last_checked,
    }
    text = _("Local Action, framework %(id)s, “%(title)s”, %(publisher)s. Declaration %(digest)s of %(day)s.")
    return text % parts
