"""Answers to a framework are handed in: published as nobody checked them, or verified first."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from localaction.engine.cli.verify import main as verify
from localaction.platform.publication.models import PublishedReport
from localaction.platform.reporting.framework_subject import FrameworkSubject
from localaction.platform.reporting.models import Report
from tests.platform.accounts.make import place, with_role
from tests.platform.web_desk.conftest import signed_in_as
from tests.platform.web_desk.test_filling import at, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db: None) -> Client:
    return signed_in_as(with_role("officer", place("NO-OSL", "Oslo", country_code="NO"), name="Grace"))


def test_what_is_published_says_what_was_answered_and_that_nobody_checked_it(
    officer: Client, client: Client, tmp_path
) -> None:
    save(officer, "area.total", "480.50", unit="km2", source="land register")
    save(officer, "area.natural", "300", unit="km2")
    assert "2 answers" in officer.get(at(rest="hand-in/")).content.decode()
    done = officer.post(at(rest="hand-in/"), {"do": "publish"})
    published = PublishedReport.objects.get()
    address = f"/reports/{published.public_id}/"
    assert (done.status_code, done["Location"]) == (302, address)
    page = client.get(address).content.decode()
    assert "Proportion of natural areas" in page
    assert "land register" in page
    assert "62.4 %" in page
    doc = json.loads(published.document)
    answered = {each["item"]: each["answer"] for each in doc["answers"] if each["state"] == "answered"}
    assert answered == {"area.total": "480.5", "area.natural": "300"}
    assert address in client.get("/places/NO-OSL/").content.decode()
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(client.get(f"/documents/{published.digest}.zip").content)
    assert verify([str(bundle), "--quiet"]) == 0


def test_the_same_again_is_no_report_and_a_correction_says_why(officer: Client) -> None:
    save(officer, "area.total", "480", unit="km2")
    officer.post(at(rest="hand-in/"), {"do": "publish"})
    again = officer.post(at(rest="hand-in/"), {"do": "publish"})
    assert again.status_code == 422
    save(officer, "area.total", "481", unit="km2")
    silent = officer.post(at(rest="hand-in/"), {"do": "publish"})
    assert silent.status_code == 422
    said = officer.post(at(rest="hand-in/"), {"do": "publish", "text": "The harbour was left out."})
    assert said.status_code == 302
    assert PublishedReport.objects.filter(is_current=True).count() == 1


def test_what_is_submitted_is_frozen_for_the_verifier(officer: Client) -> None:
    save(officer, "area.total", "480", unit="km2")
    done = officer.post(at(rest="hand-in/"), {"do": "submit", "text": "first time"})
    report = Report.objects.get()
    assert done["Location"] == f"/desk/reports/{report.public_id}/"
    assert officer.get(done["Location"]).status_code == 200
    save(officer, "area.total", "490", unit="km2")
    [line] = FrameworkSubject().lines(json.loads(report.submission.document))
    assert (line.key, line.value, line.unit) == ("area.total", 480.0, "km2")
    assert officer.get(at(rest="hand-in/")).status_code == 302


def test_nothing_answered_is_nothing_to_report(officer: Client) -> None:
    refused = officer.post(at(rest="hand-in/"), {"do": "submit"})
    assert refused.status_code == 422
    assert "is answered yet, so there is nothing to report" in refused.content.decode()


def test_who_entered_a_figure_does_not_check_it(officer: Client) -> None:
    save(officer, "area.total", "480", unit="km2")
    officer.post(at(rest="hand-in/"), {"do": "submit"})
    report = Report.objects.get()
    assert FrameworkSubject().editors(report) == {int(officer.session["_auth_user_id"])}
