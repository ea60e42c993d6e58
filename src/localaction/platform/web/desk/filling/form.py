"""The form of a framework, made from its pack: sections, questions, how far it is, what comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from localaction.engine.evaluation.results import Result
from localaction.engine.packs.frameworks import Framework, Indicator
from localaction.platform.reporting.answers import Filled, Standing
from localaction.platform.reporting.saving import Entry
from localaction.platform.web import numbers
from localaction.platform.web.calculator.pages import Cited
from localaction.platform.web.desk.filling.addresses import Filling
from localaction.platform.web.desk.filling.fields import FieldView
from localaction.platform.web.desk.filling.findings import FoundView, found_by_framework
from localaction.platform.web.frameworks.words import cited_at, unit_shown

REST = "further"


@dataclass(frozen=True)
class ResultView:
    """What comes out of an indicator so far, and what the framework finds about it."""

    id: str
    text: str
    score: str
    note: str
    found: Sequence[FoundView] = ()


@dataclass(frozen=True)
class Elsewhere:
    """A data item of an indicator that another question asks for already."""

    label: str
    address: str
    state: str
    tone: str


@dataclass(frozen=True)
class Question:
    """An indicator with the data items it needs; without one, an item that the rest of a framework needs."""

    id: str
    label: str
    help: str
    note: str
    required: str
    confidence: str
    cited: Cited | None
    fields: Sequence[FieldView]
    elsewhere: Sequence[Elsewhere]
    result: ResultView | None


@dataclass(frozen=True)
class SectionView:
    """A section in the list at the side."""

    id: str
    label: str
    address: str
    done: int
    total: int
    asks: int
    current: bool

    @property
    def percent(self) -> float:
        """How far it is, 0 to 100."""
        return 100 * self.done / self.total if self.total else 100.0


@dataclass(frozen=True)
class Form:
    """A section of the form of a framework."""

    filled: Filled
    urls: Filling
    sections: Sequence[SectionView]
    current: SectionView
    questions: Sequence[Question]
    previous: SectionView | None
    next: SectionView | None
    may_edit: bool

    @property
    def framework(self) -> Framework:
        """The edition."""
        return self.filled.framework

    @property
    def hand_in(self) -> str:
        """Where the answers are submitted or published."""
        return self.urls.hand_in(self.framework)

    @property
    def fields(self) -> list[FieldView]:
        """The fields of this section, in order."""
        return [each for question in self.questions for each in question.fields]

    @property
    def crumbs(self) -> Sequence[tuple[str, str]]:
        """The way to this page."""
        way = self.urls.crumbs(self.filled.place.name)
        return [*way, (_("Frameworks"), self.urls.gaps), (self.framework.title, "")]


def sections_of(framework: Framework) -> dict[str, list[str]]:
    """Return the data items of each section, each item where it is asked first."""
    found: dict[str, list[str]] = {section: [] for section in framework.sections}
    taken: set[str] = set()
    for indicator in framework.indicators.values():
        for item in _ordered(framework, indicator):
            if item not in taken:
                taken.add(item)
                found[indicator.section].append(item)
    rest = [item for item in framework.items if item not in taken]
    return {**found, **({REST: rest} if rest else {})}


def section_named(framework: Framework, filled: Filled, wanted: str) -> str:
    """Return the section that was asked for; without one the first in which something is open."""
    sections = sections_of(framework)
    if wanted in sections:
        return wanted
    unfinished = (name for name, items in sections.items() if not all(filled.known[i].counts for i in items))
    return next(unfinished, next(iter(sections)))


def form(
    standing: Standing,
    framework: Framework,
    urls: Filling,
    wanted: str,
    *,
    may_edit: bool,
    typed: Mapping[str, Entry] | None = None,
    errors: Mapping[str, Sequence[str]] | None = None,
) -> Form:
    """Return a section of the form.

    Parameters
    ----------
    standing : Standing
        What is known of the place.
    framework : Framework
        The edition.
    urls : Filling
        Addresses.
    wanted : str
        The section; the first with something open if there is none of that name.
    may_edit : bool
        Whether the reader may answer.
    typed : mapping of str to Entry, optional
        What was typed and could not be saved, by data item.
    errors : mapping of str to sequence of str, optional
        Why it could not.
    """
    filled = standing.filled(framework)
    current = section_named(framework, filled, wanted)
    layout = sections_of(framework)
    sections = [_section(filled, urls, name, items, current) for name, items in layout.items()]
    at = next(index for index, each in enumerate(sections) if each.current)
    maker = _Maker(standing, filled, urls, layout, typed or {}, errors or {})
    return Form(
        filled=filled,
        urls=urls,
        sections=sections,
        current=sections[at],
        questions=maker.questions(current),
        previous=sections[at - 1] if at else None,
        next=sections[at + 1] if at + 1 < len(sections) else None,
        may_edit=may_edit,
    )


def result_view(indicator: Indicator, result: Result, found: Sequence[FoundView] = ()) -> ResultView:
    """Return what comes out of an indicator so far, in words, with what the framework finds about it."""
    note = {
        "missing": _("Not known yet: an answer is open."),
        "notation": _("No value: a reason stands in place of a figure."),
        "outside": _("Outside what can be: check the figures."),
        "unverified": _("No score: the rule was not seen in the document."),
    }.get(result.status, "")
    score = ""
    if result.score is not None and result.most is not None:
        score = _("%(score)s of %(most)s") % {
            "score": numbers.readable(result.score),
            "most": numbers.readable(result.most),
        }
    if result.status == "outside" and found:
        note = ""  # said at length below
    return ResultView(f"r-{indicator.id}", _value(indicator, result), score, note, found)


def _value(indicator: Indicator, result: Result) -> str:
    value = result.shown
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, int | float):
        digits = indicator.round if indicator.round is not None and indicator.round >= 0 else None
        number = numbers.number(value, digits) if digits is not None else numbers.readable(float(value), 6)
        return f"{number} {unit_shown(indicator.unit)}".strip()
    return str(value)


class _Maker:
    """Makes the questions of one section."""

    def __init__(
        self,
        standing: Standing,
        filled: Filled,
        urls: Filling,
        layout: Mapping[str, Sequence[str]],
        typed: Mapping[str, Entry],
        errors: Mapping[str, Sequence[str]],
    ) -> None:
        self.filled, self.urls, self.typed, self.errors = filled, urls, typed, errors
        self.framework = filled.framework
        self.home = {item: section for section, items in layout.items() for item in items}
        self.layout = layout
        self.odd: dict[str, list[Any]] = {}
        said = standing.odd_of(self.framework)
        self.found = found_by_framework(filled, said)
        for odd in said:
            first = next((item for item in odd.items if item in self.framework.items), "")
            at = odd.value.item if odd.value and odd.value.item in self.framework.items else first
            self.odd.setdefault(at, []).append(odd)

    def questions(self, section: str) -> list[Question]:
        if section == REST:
            return [self._plain(item) for item in self.layout[REST]]
        asked: set[str] = set()
        found = []
        for indicator in self.framework.indicators.values():
            ordered = _ordered(self.framework, indicator)
            if indicator.section == section:
                new = [item for item in ordered if item not in asked and self.home[item] == section]
                found.append(self._question(indicator, new, [item for item in ordered if item not in new]))
            asked.update(ordered)
        return found

    def _question(self, indicator: Indicator, new: Sequence[str], others: Sequence[str]) -> Question:
        result = self.filled.evaluation.results[indicator.id]
        return Question(
            id=indicator.id,
            label=indicator.label,
            help=indicator.help,
            note=indicator.note,
            required=indicator.required,
            confidence=indicator.confidence,
            cited=cited_at(indicator.source),
            fields=[self.field(item) for item in new],
            elsewhere=[self._elsewhere(item) for item in others],
            result=result_view(indicator, result, self.found.get(indicator.id, ())),
        )

    def _plain(self, item: str) -> Question:
        return Question("", "", "", "", "", "", None, [self.field(item)], (), None)

    def _elsewhere(self, item: str) -> Elsewhere:
        view = self.field(item)
        address = self.urls.form(self.framework, self.home[item], item)
        return Elsewhere(view.label, address, view.state_text, view.tone)

    def field(self, item: str) -> FieldView:
        return FieldView(
            self.framework.items[item],
            self.filled.known[item],
            self.odd.get(item, ()),
            self.urls.answer(self.framework, item),
            self.filled.year,
            self.typed.get(item),
            self.errors.get(item, ()),
        )


def _ordered(framework: Framework, indicator: Indicator) -> list[str]:
    """Return the items an indicator rests on, in the order in which its formula names them."""
    text = indicator.formula or indicator.answer
    return sorted(indicator.items, key=lambda item: (text.find(item) if item in text else len(text), item))


def _section(filled: Filled, urls: Filling, name: str, items: Sequence[str], current: str) -> SectionView:
    known = [filled.known[item] for item in items]
    return SectionView(
        id=name,
        label=filled.framework.sections.get(name, str(_("Further questions"))),
        address=urls.form(filled.framework, name),
        done=sum(each.counts for each in known),
        total=len(known),
        asks=sum(each.state in {"confirm", "stale"} for each in known),
        current=name == current,
    )
