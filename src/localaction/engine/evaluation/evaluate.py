"""Evaluate one report: values, scores, totals, decisions, badges, level, findings, trace in one pure call."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, cast

from localaction.engine.errors import Finding
from localaction.engine.evaluation.amounts import GIVEN, plain_number
from localaction.engine.evaluation.answers import Answers, read_answers
from localaction.engine.evaluation.findings import CheckFailed, DividedByZero, OutOfRange
from localaction.engine.evaluation.results import BadgeResult, Evaluation, Result, Status, TotalResult
from localaction.engine.evaluation.scores import score
from localaction.engine.evaluation.states import state_of
from localaction.engine.evaluation.totals import counted, total_of
from localaction.engine.formulas.scalar import ZERO_DIVISOR, Scalar, Walk, compared, round_half_up
from localaction.engine.packs.frameworks import Decision, Framework, Indicator, Total


def evaluate(
    framework: Framework,
    answers: Mapping[str, Any],
    *,
    as_of: date,
    period_days: int = 365,
    verified: Collection[str] = (),
) -> Evaluation:
    """Return all that a framework says of one report.

    Parameters
    ----------
    framework : Framework
        The edition.
    answers : mapping
        By data item, as `answers.read_answers` takes them.
    as_of : date
        The day for which is decided: what is due, late or in time.
    period_days : int
        Days of the reporting period.
    verified : collection of str
        Indicators that a verifier has confirmed; what counts for certification.

    Raises
    ------
    Refused
        If an answer cannot be read.
    """
    read = read_answers(framework, answers, as_of=as_of, period_days=period_days)
    return _Report(framework, read, as_of, frozenset(verified)).evaluation()


class _Report:
    """One report on its way through: each step adds names that later formulas may use."""

    def __init__(self, framework: Framework, answers: Answers, as_of: date, verified: frozenset[str]) -> None:
        self.framework, self.answers, self.as_of, self.verified = framework, answers, as_of, verified
        self.values: dict[str, Scalar] = dict(answers.values)
        self.results: dict[str, Result] = {}
        self.totals: dict[str, TotalResult] = {}
        self.findings: list[Finding] = []

    def evaluation(self) -> Evaluation:
        framework = self.framework
        for indicator in framework.indicators.values():
            self.results[indicator.id] = self._indicator(indicator)
        for total in framework.totals.values():
            found = self.totals[total.id] = self._total(total)
            self.values[total.id] = found.value
        badges = {badge.id: self._badge(badge) for badge in framework.badges}
        decisions = {decision.id: self._decided(decision) for decision in framework.decisions}
        level, known = self._level()
        self.findings.extend(self._checks())
        return Evaluation(
            framework=framework.key,
            digest=framework.digest,
            results=self.results,
            totals=self.totals,
            decisions=decisions,
            badges=badges,
            level=level,
            level_known=known,
            findings=tuple(self.findings),
        )

    def _walk(self) -> Walk:
        return Walk(self.values, self.answers.tables)

    def _indicator(self, indicator: Indicator) -> Result:
        walk = self._walk()
        base = walk.value(indicator.tree)
        value = base / indicator.size if isinstance(base, float) else base
        if ZERO_DIVISOR in walk.notes and value is None:
            problem = DividedByZero(indicator=self._named(indicator), items=", ".join(indicator.items))
            self.findings.append(Finding.of(problem, ref=indicator.id, severity="warning"))
        shown = value
        if isinstance(value, float) and indicator.round is not None:
            shown = round_half_up(value, indicator.round)
        status = self._status(indicator, value)
        if indicator.name:
            self.values[indicator.name] = None if status == "outside" else base
        found = None
        if status == "scored" and indicator.scoring:
            found = score(indicator.scoring, shown)
        return Result(
            id=indicator.id,
            value=value,
            shown=shown,
            unit=indicator.unit,
            score=found,
            most=indicator.scoring.most if indicator.scoring and indicator.scoring.scores else None,
            status=status,
            trace={
                "formula": indicator.formula or indicator.answer,
                "answers": {item: _plain(self.values.get(item)) for item in indicator.items},
                "verified": indicator.id in self.verified,
            },
        )

    def _status(self, indicator: Indicator, value: Scalar) -> Status:
        if value is None:
            keys = [item for item in indicator.items if item in self.answers.keys]
            return "notation" if keys else "missing"
        if isinstance(value, float) and self._outside(indicator, value):
            return "outside"
        if indicator.scoring is None:
            return "unscored"
        return "unverified" if indicator.scoring.confidence == "unverified" else "scored"

    def _outside(self, indicator: Indicator, value: float) -> bool:
        low, high = indicator.low, indicator.high
        if (low is None or compared(">=", value, float(low))) and (
            high is None or compared("<=", value, float(high))
        ):
            return False
        problem = OutOfRange(
            indicator=self._named(indicator),
            value=plain_number(value, GIVEN),
            unit=indicator.unit,
            low="any" if low is None else plain_number(low),
            high="any" if high is None else plain_number(high),
            items=", ".join(indicator.items),
        )
        self.findings.append(Finding.of(problem, ref=indicator.id))
        return True

    def _total(self, total: Total) -> TotalResult:
        if total.rule == "count":
            return counted(total, {part: self._counts(total, part) for part in total.parts})
        if total.of == "total":
            parts = [(self.totals[part].value, self.totals[part].maximum) for part in total.parts]
        elif total.of == "score":
            parts = [(self.results[part].score, self.results[part].most) for part in total.parts]
        else:
            parts = [(_number(self.results[part]), None) for part in total.parts]
        found = total_of(total, parts, self.framework.floor)
        if found.value is None or total.round is None:
            return found
        rounded = round_half_up(found.value, total.round)
        return TotalResult(
            found.id, rounded, found.available, found.maximum, found.known, found.parts, found.share
        )

    def _counts(self, total: Total, part: str) -> bool:
        answered = self.results[part].status not in {"missing", "notation", "outside"}
        return answered and (total.of == "answered" or part in self.verified)

    def _decided(self, decision: Decision) -> bool | None:
        truth = cast("bool | None", self._walk().value(decision.tree))
        self.values[decision.id] = truth
        return truth

    def _badge(self, badge: Decision) -> BadgeResult:
        earned = cast("bool | None", self._walk().value(badge.tree))
        self.values[f"badge.{badge.id}"] = earned
        due = cast("date | None", self._walk().value(badge.due_tree)) if badge.due_tree else None
        handed_in = cast("date | None", self.values.get(badge.submitted)) if badge.submitted else None
        in_time = handed_in <= due if earned and handed_in and due else None
        state = state_of(earned, in_time, due, self.as_of)
        return BadgeResult(badge.id, earned, in_time, due.isoformat() if due else None, state)

    def _level(self) -> tuple[str | None, bool]:
        """Return the first level that holds; an unknown condition makes it unknown, never a lower one."""
        for level in self.framework.levels:
            truth = self._walk().value(level.tree)
            if truth is None:
                return None, False
            if truth:
                return level.id, True
        return None, True

    def _checks(self) -> Iterator[Finding]:
        for check in self.framework.checks:
            if self._walk().value(check.tree) is False:
                problem = CheckFailed(
                    label=check.label, rule=check.formula, fix=check.fix or "Check the answers."
                )
                severity = "error" if check.severity == "error" else "warning"
                ref = check.indicators[0] if check.indicators else None
                yield Finding.of(problem, ref=ref, severity=severity)  # type: ignore[arg-type]

    @staticmethod
    def _named(indicator: Indicator) -> str:
        return f"{indicator.id} {indicator.label}"


def _number(result: Result) -> float | None:
    return result.value if isinstance(result.value, float) and result.status != "outside" else None


def _plain(value: Scalar) -> object:
    return value.isoformat() if isinstance(value, date) else value
