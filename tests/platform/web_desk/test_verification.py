"""The pages of verification, clicked through as people do, without scripts."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from localaction.platform.accounts.models import User
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.inventories.models import Inventory
from localaction.platform.inventories.services import compute
from localaction.platform.reporting.models import Report
from localaction.platform.reporting.states import State
from localaction.platform.verification.models import Query, SampledLine
from localaction.platform.verification.services import assign
from tests.platform.accounts.make import person, with_role
from tests.platform.inventories.make import fill
from tests.platform.verification.make import in_days, in_review, submitted
from tests.platform.web_desk.conftest import signed_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(officer: User, inventory: Inventory) -> Inventory:
    fill(officer, inventory)
    compute(actor=officer, inventory=inventory)
    return inventory


@pytest.fixture
def verifier(db: None) -> User:
    return with_role("verifier", name="Vera")


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer
    return re.sub(r"\s+", " ", answer.content.decode())


def post(client: Client, address: str, **data: str) -> str:
    answer = client.post(address, data, follow=True)
    return re.sub(r"\s+", " ", answer.content.decode())


def test_from_the_desk_to_a_statement_on_the_public_page(
    officer: User, verifier: User, ready: Inventory
) -> None:
    place, check, visitor = signed_in_as(officer), signed_in_as(verifier), Client()
    at = f"/desk/places/{ready.place.code}/inventory/{ready.label_year}/"
    assert f"{at}submit/" in page(place, at)
    assert "Nothing stands in the way" in page(place, f"{at}submit/")
    said = post(place, f"{at}submit/", note="Sales of May are new.")
    assert "Its figures are frozen for the verifier" in said
    assert "It waits for a verifier" in said
    report = Report.objects.get()
    assert "Nothing waits to be verified" in page(check, "/desk/verification/")
    assert check.get(f"/desk/verification/{report.public_id}/").status_code == 404
    admin = signed_in_as(with_role("administrator", name="Root"))
    review = f"/desk/verification/{report.public_id}/"
    assert "Nobody is assigned yet." in page(admin, "/desk/verification/")
    said = page(admin, review)
    assert "Grace: they hold or held the role officer at Paris" not in said  # cannot verify at all
    assert "Vera" in said
    assert "The report is assigned." in post(
        admin, f"{review}assign/", **{"assign-verifier": str(verifier.public_id)}
    )
    assert "yours" in page(check, "/desk/verification/")
    assert "declares to have no part in the report" in post(check, f"{review}begin/")
    said = post(check, f"{review}begin/", **{"begin-no_part_in_it": "on"})
    assert "the sample is drawn" in said
    assert "Sales of May are new." in said
    assert "What the place states" in said
    key = SampledLine.objects.get().key
    said = post(
        check,
        f"{review}ask/",
        **{"ask-line": key, "ask-text": "Where is December?", "ask-due_on": in_days(9).isoformat()},
    )
    assert "Your query is sent to the place." in said
    query = Query.objects.get()
    assert "Verifiers ask you" in page(place, "/desk/")
    reported = f"/desk/reports/{report.public_id}/"
    assert "Where is December?" in page(place, reported)
    reply = f"{reported}queries/{query.public_id}/"
    assert "Write your reply." in post(place, reply, **{f"{query.public_id}-text": ""})
    assert "Your reply is sent." in post(place, reply, **{f"{query.public_id}-text": "On page 4."})
    assert "1 reply waits for you." in page(check, "/desk/verification/")
    assert "On page 4." in page(check, review)
    said = post(
        check, f"{review}settle/", query=str(query.public_id), **{f"{query.public_id}-text": "It is."}
    )
    assert "The query is settled." in said
    assert "Choose what you found." in post(check, f"{review}line/", **{"line-line": key})
    post(check, f"{review}line/", **{"line-line": key, "line-found": "agrees"})
    assert "Choose your opinion." in post(check, f"{review}sign/", **{"sign-level": "limited"})
    statement = {
        "sign-level": "limited",
        "sign-opinion": "unmodified",
        "sign-text": "Nothing came to our attention.",
        "sign-signed_as": "Example Assurance",
    }
    assert "The statement is signed." in post(check, f"{review}sign/", **statement)
    assert "limited assurance, without reservation" in page(place, reported)
    assert "The statement is published with the figures." in page(place, f"{at}publish/")
    post(place, f"{at}publish/")
    public = page(visitor, f"/places/{ready.place.code}/inventory/{ready.label_year}/")
    assert "Verified: limited assurance, without reservation" in public
    assert "Nothing came to our attention." in public
    assert "mark-verified" in public
    assert "1 line was compared with its evidence, 1 query was asked." in public


def test_what_nobody_checked_says_so(officer: User, ready: Inventory) -> None:
    client = signed_in_as(officer)
    at = f"/desk/places/{ready.place.code}/inventory/{ready.label_year}/"
    assert "The public page will say: not verified, self-reported." in page(client, f"{at}publish/")
    post(client, f"{at}publish/")
    public = page(Client(), f"/places/{ready.place.code}/inventory/{ready.label_year}/")
    assert "Not verified, self-reported" in public
    assert "mark-verified" not in public


def test_a_correction_shows_what_it_changed(officer: User, ready: Inventory) -> None:
    from tests.platform.verification.test_submission import change

    client = signed_in_as(officer)
    at = f"/desk/places/{ready.place.code}/inventory/{ready.label_year}/"
    post(client, f"{at}publish/")
    change(officer, ready, "7")
    post(client, f"{at}publish/", reason="A meter was read wrongly.")
    public = page(Client(), f"/places/{ready.place.code}/inventory/{ready.label_year}/")
    assert "What the correction changed" in public
    assert "A meter was read wrongly." in public
    table = public[public.index("Figures before and after") :]
    # 5 and 7 TJ of natural gas, each with all its gases at 56.2665 t CO2e/TJ
    assert 'title="281.3325">281' in table
    assert 'title="393.8655">394' in table
    assert "+113" in table


def test_a_returned_report_says_why_and_is_submitted_again(
    officer: User, verifier: User, ready: Inventory
) -> None:
    report = in_review(officer, verifier, ready)
    check, place = signed_in_as(verifier), signed_in_as(officer)
    review = f"/desk/verification/{report.public_id}/return/"
    assert "Say what has to be corrected." in post(check, review)
    assert "went back to the place" in post(check, review, **{"return-reasons": "December is missing."})
    assert "December is missing." in page(place, f"/desk/reports/{report.public_id}/")
    at = f"/desk/places/{ready.place.code}/inventory/{ready.label_year}/submit/"
    assert "It was returned. Correct this first:" in page(place, at)
    assert "the reasons it was returned for still stand" in post(place, at)
    post(place, at, note="December is in the sum of November, see page 3.")
    report.refresh_from_db()
    assert report.state == State.SUBMITTED


def test_a_report_is_taken_back(officer: User, ready: Inventory) -> None:
    report = submitted(officer, ready)
    client = signed_in_as(officer)
    assert "Take it back" in page(client, f"/desk/reports/{report.public_id}/")
    assert "The report is taken back" in post(client, f"/desk/reports/{report.public_id}/take-back/")
    assert "It was not submitted yet." in page(client, f"/desk/reports/{report.public_id}/")


def test_strangers_find_nothing(officer: User, verifier: User, ready: Inventory) -> None:
    report = submitted(officer, ready)
    stranger = signed_in_as(person("Nobody"))
    for address in (f"/desk/reports/{report.public_id}/", f"/desk/verification/{report.public_id}/"):
        assert stranger.get(address).status_code == 404
        assert Client().get(address).status_code == 302
    at = f"/desk/verification/{report.public_id}/"
    for action in ("assign", "begin", "line", "ask", "sign", "return"):
        assert stranger.post(f"{at}{action}/").status_code == 404
    assert signed_in_as(officer).post(f"{at}begin/", {"begin-no_part_in_it": "on"}).status_code == 404
    assign(actor=OPERATOR, report=report, verifier=verifier)
    assert signed_in_as(verifier).get(f"/desk/reports/{report.public_id}/").status_code == 404
    assert signed_in_as(verifier).post(f"{at}nothing/").status_code == 404


def test_the_queue_reads_as_much_for_one_report_as_for_many(
    officer: User, ready: Inventory, django_assert_num_queries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from localaction.platform.inventories.services import create_inventory

    submitted(officer, ready)
    admin = signed_in_as(with_role("administrator", name="Root"))

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            admin.get("/desk/verification/")
        return len(found)

    one = count()
    for year in (2018, 2017):
        other = create_inventory(actor=officer, place=ready.place, label_year=year)
        fill(officer, other)
        compute(actor=officer, inventory=other)
        submitted(officer, other)
    assert count() == one
