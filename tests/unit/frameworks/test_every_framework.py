"""What must hold for every framework on file: cases that come out, units, sources, cover."""

from __future__ import annotations

from datetime import date

import pytest
from scripts.framework_pages import FOLDER, page_name, pages

from localaction.engine.evaluation.evaluate import evaluate
from localaction.engine.packs.editions import frameworks

FRAMEWORKS = frameworks()
CASES = [
    pytest.param(framework, case, id=f"{framework.key} {case.id}")
    for framework in FRAMEWORKS.values()
    for case in framework.cases.values()
]
DAY = date(2026, 1, 1)
CHECK_FAILED = "evaluation.check_failed"


@pytest.mark.parametrize(("framework", "case"), CASES)
def test_a_worked_case_comes_out(framework, case):
    as_of = date.fromisoformat(case.as_of) if case.as_of else DAY
    found = evaluate(framework, case.answers, as_of=as_of, verified=case.verified)
    expected = case.expected
    for indicator, value in expected.get("values", {}).items():
        assert found.results[indicator].value == _near(value, case), indicator
    for indicator, value in expected.get("scores", {}).items():
        assert found.results[indicator].score == _near(value, case), indicator
    for total, value in expected.get("totals", {}).items():
        assert found.totals[total].value == _near(value, case), total
    for total, value in expected.get("coverage", {}).items():
        assert found.totals[total].coverage == _near(value, case), total
    for decision, value in expected.get("decisions", {}).items():
        assert found.decisions[decision] is value, decision
    for badge, state in expected.get("badges", {}).items():
        assert found.badges[badge].state == state, badge
    if "level" in expected:
        assert (found.level, found.level_known) == (expected["level"], True)
    if "findings" in expected:
        assert [finding.code for finding in found.findings] == expected["findings"]


def _near(value, case):
    numeric = isinstance(value, int | float) and not isinstance(value, bool)
    return pytest.approx(value, rel=case.tolerance) if numeric else value


@pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=list(FRAMEWORKS))
def test_every_indicator_has_unit_source_and_case(framework):
    said = set()
    for case in framework.cases.values():
        for part in ("values", "scores"):
            said |= set(case.expected.get(part, {}))
    without = [indicator for indicator in framework.indicators if indicator not in said]
    assert without == [], "no case says what comes out"
    for indicator in framework.indicators.values():
        assert (indicator.kind.sort == "number") == bool(indicator.unit)
        assert indicator.source.ref
        assert indicator.source.locator


@pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=list(FRAMEWORKS))
def test_every_decision_has_a_case_that_says_yes_and_one_that_says_no(framework):
    said = {
        (name, truth)
        for case in framework.cases.values()
        for name, truth in case.expected.get("decisions", {}).items()
    }
    wanted = {(decision.id, truth) for decision in framework.decisions for truth in (True, False)}
    assert wanted - said == set()


@pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=list(FRAMEWORKS))
def test_every_badge_and_total_has_a_case(framework):
    for part, wanted in (("badges", {badge.id for badge in framework.badges}), ("totals", framework.totals)):
        said = {name for case in framework.cases.values() for name in case.expected.get(part, {})}
        assert set(wanted) - said == set()


@pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=list(FRAMEWORKS))
def test_every_check_fails_in_a_case_and_says_so(framework):
    messages = {
        finding.message
        for case in framework.cases.values()
        if CHECK_FAILED in case.expected.get("findings", ())
        for finding in evaluate(framework, case.answers, as_of=DAY).findings
        if finding.code == CHECK_FAILED
    }
    silent = [
        check.label
        for check in framework.checks
        if not any(message.startswith(check.label) for message in messages)
    ]
    assert silent == []


@pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=list(FRAMEWORKS))
def test_nothing_answered_gives_no_value_no_score_and_no_zero(framework):
    found = evaluate(framework, {}, as_of=DAY)
    assert {result.status for result in found.results.values()} == {"missing"}
    assert all(result.score is None for result in found.results.values())
    counts = {total.id for total in framework.totals.values() if total.rule == "count"}
    assert all(total.value is None for total in found.totals.values() if total.id not in counts)
    assert found.findings == ()


@pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=list(FRAMEWORKS))
def test_a_scoring_nobody_has_seen_gives_no_score(framework):
    for case in framework.cases.values():
        found = evaluate(framework, case.answers, as_of=DAY)
        for indicator in framework.indicators.values():
            if indicator.scoring and indicator.scoring.confidence == "unverified":
                assert found.results[indicator.id].score is None


def test_every_framework_has_its_page_in_the_documentation_as_it_is_declared():
    found = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert found == pages(FRAMEWORKS), "run: python scripts/framework_pages.py"


def test_the_documentation_says_what_gives_no_score():
    texts = pages(FRAMEWORKS)
    found = {
        framework.key: texts[page_name(framework)].count("the value is shown, no score is given")
        for framework in FRAMEWORKS.values()
    }
    scorings = {key: [one.scoring for one in held.indicators.values()] for key, held in FRAMEWORKS.items()}
    assert found == {
        key: sum(one is not None and one.confidence == "unverified" for one in held)
        for key, held in scorings.items()
    }
    assert any(found.values())


@pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=list(FRAMEWORKS))
def test_a_setting_is_declared_with_its_unit_and_source(framework):
    assert [setting.id for setting in framework.declared] == list(framework.settings)
    for setting in framework.declared:
        assert setting.value * framework.sizes[setting.id] == framework.settings[setting.id]
        assert setting.source.locator
