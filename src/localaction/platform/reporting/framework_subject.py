"""Reports on a framework: the answers that stand, what comes out, and what is frozen of them.

What depends on the day is decided for the last day of the period, so that the same answers always freeze to
the same document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from localaction.engine.errors import Finding
from localaction.engine.packs import editions
from localaction.engine.packs.frameworks import Framework
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.reporting.answers import Standing, asked, standing_of
from localaction.platform.reporting.errors import NoSubject, NothingAnswered
from localaction.platform.reporting.files import ANSWERS, answer_rows
from localaction.platform.reporting.models import Report
from localaction.platform.reporting.subjects import FRAMEWORK, Data, Line, register
from localaction.platform.values.queries import authors_of, current_of


class FrameworkSubject:
    """A report that is a place's answers to an edition of a framework."""

    def title(self, report: Report) -> str:
        """Return the title of the framework."""
        return _framework(report).title

    def in_the_way(self, report: Report) -> Sequence[Finding]:
        """Return what has to be settled first: errors the framework finds, and that nothing is answered."""
        standing = _standing(report)
        filled = standing.filled(_framework(report))
        if not filled.answers:
            return [Finding.of(NothingAnswered(framework=filled.framework.title))]
        return [finding for finding in filled.evaluation.findings if finding.severity == "error"]

    def content(self, report: Report) -> Data:
        """Return answers with unit, source and fit, what comes out, and what was odd and how explained."""
        framework = _framework(report)
        standing = _standing(report)
        filled = standing.filled(framework)
        place, names = report.place, [heading.title for heading in ANSWERS]
        return {
            "place": {
                "code": place.code,
                "name": place.name,
                "name_en": place.name_en,
                "country": place.country_code,
            },
            "label_year": report.label_year,
            "framework": {
                "id": framework.id,
                "edition": framework.edition,
                "title": framework.title,
                "publisher": framework.publisher,
                "digest": framework.digest,
                "labels": {each.id: each.label for each in framework.indicators.values()},
            },
            "as_of": report.period_end.isoformat(),
            "answers": [dict(zip(names, row, strict=True)) for row in answer_rows(filled)],
            "evaluation": filled.evaluation.to_dict(),
            "odd": list(_odd(standing, framework)),
        }

    def lines(self, document: Mapping[str, Any]) -> Sequence[Line]:
        """Return the answers that count, each as likely to be looked at as the others."""
        return [
            Line(
                key=each["item"],
                label=each["label"],
                size=1.0,
                value=_number(each["answer"]),
                unit=each["unit"],
                facts={
                    "amount": f"{each['answer'] or each['notation_key']} {each['unit']}".strip(),
                    "source": each["source"],
                    "note": each["explanation"],
                },
            )
            for each in document["answers"]
            if each["state"] in {"answered", "key"}
        ]

    def remarks(self, document: Mapping[str, Any]) -> Sequence[Mapping[str, str]]:
        """Return the findings of the framework, and what was odd, with its explanation."""
        found = [
            {
                "severity": each["severity"],
                "where": each["ref"] or "",
                "text": f"{each['message']} {each['remedy']}".strip(),
            }
            for each in document["evaluation"]["findings"]
        ]
        return found + [
            {
                "severity": "warning",
                "where": each["item"],
                "text": f"{each['text']} {each['explained']}".strip(),
            }
            for each in document["odd"]
        ]

    def editors(self, report: Report) -> set[int]:
        """Return who entered one of the figures, ever."""
        framework = _framework(report)
        return authors_of(report.place, asked(framework), report.label_year)


def _framework(report: Report) -> Framework:
    found = editions.frameworks().get(f"{report.framework}/{report.edition}")
    if found is None:
        raise NoSubject(framework=f"{report.framework}/{report.edition}")
    return found


def _standing(report: Report) -> Standing:
    """Return what stands at the place; what is frozen is the place's own, whoever asks for it."""
    return standing_of(
        actor=OPERATOR,
        place=report.place,
        year=report.label_year,
        frameworks=[_framework(report)],
        as_of=report.period_end,
    )


def _odd(standing: Standing, framework: Framework) -> Iterator[Data]:
    for odd in standing.odd_of(framework):
        said = odd.explained.text if odd.explained else ""
        item = odd.value.item if odd.value else odd.items[0]
        revision = current_of(odd.value).number if odd.value else None
        yield {
            "item": item,
            "check": odd.check,
            "text": odd.finding.message,
            "explained": said,
            "revision": revision,
        }


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


register(FRAMEWORK, FrameworkSubject())
