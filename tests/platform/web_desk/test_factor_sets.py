"""A place's own factors on the desk: an officer's way from an empty page to a published figure."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from localaction.platform.inventories.models import FactorSet
from tests.platform.accounts.make import place, with_role
from tests.platform.web_desk.conftest import signed_in_as
from tests.platform.web_desk.make import Desk, text_of

pytestmark = pytest.mark.django_db
LIST = "/desk/places/FR-PAR/factors/"
NEW = f"{LIST}new/"
TABLE = (
    "id,activity,uses,gas,value,unit,place,year,source\n"
    "gas,natural_gas,residential,CO2,55000,kg/TJ,,,City gas works\n"
)
GIVEN = {"name": "City gas", "citation": "City gas works, 2019", "licence": "", "table": TABLE}


def keep(client: Client, **given: Any) -> Any:
    return client.post(NEW, {**GIVEN, "do": "keep", **given}, follow=True)


def test_an_empty_page_says_what_would_be_there_and_leads_on(desk: Desk) -> None:
    said = text_of(desk.client.get(LIST))
    assert "No own factors yet" in said
    assert "Add the first set" in said
    assert LIST in desk.client.get("/desk/").content.decode()


def test_a_check_shows_what_would_be_kept_and_keeps_nothing(desk: Desk) -> None:
    response = desk.client.post(NEW, {**GIVEN, "do": "check"})
    said = text_of(response)
    assert response.status_code == 200
    assert "1 factor can be kept" in said
    assert "fr-par-city-gas@1:gas" in said
    assert not FactorSet.objects.exists()


def test_what_is_wrong_stands_with_row_column_and_remedy_and_nothing_typed_is_lost(desk: Desk) -> None:
    bad = TABLE.replace("natural_gas", "natural_gaz")
    response = keep(desk.client, table=bad)
    said = text_of(response)
    assert response.status_code == 422
    assert 'There is no fuel or activity "natural_gaz". Did you mean "natural_gas"' in said
    assert "Row 2 activity natural_gaz" in said
    assert "natural_gaz,residential" in response.content.decode()
    assert "City gas works, 2019" in response.content.decode()
    assert not FactorSet.objects.exists()


def test_a_set_is_kept_taken_by_a_row_and_offered_in_its_form(desk: Desk) -> None:
    said = text_of(keep(desk.client))
    assert "Kept as fr-par-city-gas@1: 1 factor." in said
    desk.save()
    assert desk.run().result["lines"][0]["factor"] == "fr-par-city-gas@1:gas"  # type: ignore[union-attr]
    form = desk.get("cell/I.1.1/rows/new/", activity="natural_gas").content.decode()
    choices = desk.get("cell/I.1.1/rows/choices/", htmx=True, activity="natural_gas", mode="activity")
    assert "fr-par-city-gas@1:gas" in form + choices.content.decode()
    assert "fr-par-city-gas@1" in text_of(desk.client.get(LIST))


def test_a_file_is_taken_as_well_and_can_be_had_back(desk: Desk) -> None:
    file = SimpleUploadedFile("own factors.csv", TABLE.encode(), content_type="text/csv")
    keep(desk.client, table="", file=file)
    held = FactorSet.objects.get()
    response = desk.client.get(f"/desk/factor-sets/{held.public_id}/file/")
    assert response.content == TABLE.encode()
    assert response["Content-Disposition"] == 'attachment; filename="own factors.csv"'


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"table": ""}, "Choose a file, or paste a table below."),
        ({"citation": " "}, "Name the source; factors without one are not kept."),
        ({"name": ""}, "Give the set a name."),
        ({"name": "???"}, "A set of factors needs a name with at least one Latin letter or digit."),
    ],
)
def test_what_is_missing_is_asked_for_in_place(desk: Desk, given: dict[str, str], message: str) -> None:
    response = keep(desk.client, **given)
    assert response.status_code == 422
    assert message in text_of(response)
    assert not FactorSet.objects.exists()


def test_a_new_edition_says_what_differs_needs_a_reason_and_replaces_the_old(desk: Desk) -> None:
    keep(desk.client)
    first = FactorSet.objects.get()
    address = f"/desk/factor-sets/{first.public_id}/new-edition/"
    assert "55000,kg/TJ" in desk.client.get(address).content.decode()
    newer = {"citation": "City gas works, 2020", "licence": "", "table": TABLE.replace("55000", "54000")}
    assert "Say why; it is kept with the record." in text_of(
        desk.client.post(address, {**newer, "do": "keep"})
    )
    checked = text_of(desk.client.post(address, {**newer, "reason": "Corrected.", "do": "check"}))
    assert "Against edition 1: 0 new, 1 changed, 0 gone." in checked
    said = text_of(desk.client.post(address, {**newer, "reason": "Corrected.", "do": "keep"}, follow=True))
    assert "Kept as fr-par-city-gas@2" in said
    first.refresh_from_db()
    assert first.status == "superseded"


def test_a_set_is_withdrawn_with_a_reason(desk: Desk) -> None:
    keep(desk.client)
    held = FactorSet.objects.get()
    address = f"/desk/factor-sets/{held.public_id}/withdraw/"
    assert desk.client.post(address, {"reason": " "}).status_code == 422
    said = text_of(desk.client.post(address, {"reason": "Of another city."}, follow=True))
    assert "fr-par-city-gas@1 is withdrawn." in said
    assert "Of another city." in said


def test_only_those_of_the_place_see_its_sets_and_only_officers_change_them(desk: Desk) -> None:
    keep(desk.client)
    held = FactorSet.objects.get()
    at = f"/desk/factor-sets/{held.public_id}/"
    viewer = signed_in_as(with_role("viewer", desk.inventory.place, name="Vera"))
    stranger = signed_in_as(with_role("officer", place("PE-LIM", "Lima", country_code="PE"), name="Ana"))
    for address in (LIST, at, f"{at}file/"):
        assert viewer.get(address).status_code == 200
        assert stranger.get(address).status_code == 404
        assert Client().get(address).status_code == 302
    for address in (NEW, f"{at}new-edition/"):
        assert viewer.get(address).status_code == 403
        assert stranger.get(address).status_code == 404
    assert viewer.post(NEW, {**GIVEN, "do": "keep"}).status_code == 403
    assert viewer.post(f"{at}withdraw/", {"reason": "x"}).status_code == 403
    assert stranger.post(f"{at}withdraw/", {"reason": "x"}).status_code == 404
    assert "Add a set" not in text_of(viewer.get(LIST))


def test_the_list_asks_the_same_for_many_sets(desk: Desk) -> None:
    keep(desk.client)
    counts = []
    for number in (0, 5):
        for more in range(number):
            keep(desk.client, name=f"Set {more}")
        with CaptureQueriesContext(connection) as asked:
            assert desk.client.get(LIST).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
