"""A report of another kind than an inventory, made up here, goes through the same states and is signed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from localaction.engine.cli.verify import main as verify
from localaction.engine.errors import Finding
from localaction.engine.periods import Period
from localaction.platform.accounts.models import User
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.places.models import Place
from localaction.platform.publication.errors import CorrectionNeedsReason, NothingNew
from localaction.platform.publication.services import publish_report
from localaction.platform.publication.signatures import bundle_of
from localaction.platform.reporting import subjects
from localaction.platform.reporting.errors import NoSubject
from localaction.platform.reporting.models import Report
from localaction.platform.reporting.states import State
from localaction.platform.reporting.subjects import Line
from localaction.platform.reporting.submission import begin_report, submit
from localaction.platform.verification.queries import review_of
from localaction.platform.verification.services import assign, begin_review
from tests.platform.verification.make import verified

pytestmark = pytest.mark.django_db
ANSWERS = {"trees": "1200", "parks": "14"}


class Garden:
    """Answers about gardens; what they are stands in ``ANSWERS``."""

    def title(self, report: Report) -> str:
        return "Garden index"

    def in_the_way(self, report: Report) -> list[Finding]:
        return []

    def content(self, report: Report) -> dict[str, Any]:
        return {
            "place": {"code": report.place.code},
            "label_year": report.label_year,
            "answers": dict(ANSWERS),
        }

    def lines(self, document: Mapping[str, Any]) -> list[Line]:
        return [Line(key, key, 1.0, float(text), "", {}) for key, text in document["answers"].items()]

    def remarks(self, document: Mapping[str, Any]) -> list[Mapping[str, str]]:
        return []

    def editors(self, report: Report) -> set[int]:
        return set()


@pytest.fixture
def gardens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subjects, "_SUBJECTS", dict(subjects._SUBJECTS))
    subjects.register(subjects.FRAMEWORK, Garden())
    monkeypatch.setitem(ANSWERS, "trees", "1200")


def begun(officer: User, london: Place) -> Report:
    period = Period.year(2025)
    return begin_report(actor=officer, place=london, framework="gardens", edition="1", period=period)


def test_from_answers_to_a_document_that_anybody_can_check(
    gardens: None, officer: User, verifier: User, london: Place, tmp_path: Path
) -> None:
    report = begun(officer, london)
    assert begun(officer, london) == report
    submit(actor=officer, report=report)
    assign(actor=OPERATOR, report=report, verifier=verifier)
    begin_review(actor=verifier, report=report, no_part_in_it=True)
    review = review_of(report)
    assert review is not None
    assert [line.key for line in review.sample.all()] == ["parks", "trees"]
    verified(verifier, report)
    published = publish_report(actor=officer, report=report)
    assert json.loads(published.document)["submission"]["verification"]["opinion"] == "unmodified"
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(bundle_of(published.digest, "example.org") or b"")
    assert verify([str(bundle), "--quiet"]) == 0


def test_a_correction_supersedes_with_a_reason(gardens: None, officer: User, london: Place) -> None:
    first = publish_report(actor=officer, report=begun(officer, london))
    with pytest.raises(NothingNew):
        publish_report(actor=officer, report=begun(officer, london))
    ANSWERS["trees"] = "1300"
    with pytest.raises(CorrectionNeedsReason):
        publish_report(actor=officer, report=begun(officer, london))
    later = publish_report(actor=officer, report=begun(officer, london), reason="A park was counted twice.")
    first.refresh_from_db()
    first.report.refresh_from_db()
    assert (first.is_current, first.report.state) == (False, State.SUPERSEDED)
    assert (later.supersedes, later.report.supersedes) == (first, first.report)


def test_a_kind_that_nobody_knows_is_refused(
    monkeypatch: pytest.MonkeyPatch, officer: User, london: Place
) -> None:
    monkeypatch.setattr(subjects, "_SUBJECTS", {})
    with pytest.raises(NoSubject, match="Reports of gardens cannot be submitted on this site"):
        submit(actor=officer, report=begun(officer, london))


def test_its_pages_submit_publish_and_show_it(
    gardens: None, officer: User, london: Place, client: Client
) -> None:
    report = begun(officer, london)
    client.force_login(officer)
    desk = f"/desk/reports/{report.public_id}/"
    assert "Submit for verification" in client.get(desk).content.decode()
    said = client.post(f"{desk}submit/", {"note": "New trees."}, follow=True).content.decode()
    assert "Its figures are frozen for the verifier." in said
    assert "Publish without verification" in said
    answer = client.post(f"{desk}publish/", follow=True)
    address, page = answer.request["PATH_INFO"], answer.content.decode()
    assert "Garden index, 2025" in page
    assert "Not verified, self-reported" in page
    assert "1,200" in page
    ANSWERS["trees"] = "1300"
    later = begun(officer, london)
    submit(actor=officer, report=later)
    desk = f"/desk/reports/{later.public_id}/"
    assert "readers will ask why" in client.post(f"{desk}publish/", follow=True).content.decode()
    page = client.post(f"{desk}publish/", {"reason": "Counted twice."}, follow=True).content.decode()
    assert "Counted twice." in page
    assert "A correction took the place of this report." in client.get(address).content.decode()
