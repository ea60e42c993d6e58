"""The public part of a plan: path and progress of a target, actions, and nothing that is not public."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.planning.services import (
    add_part,
    attach_evidence,
    change_part,
    withdraw_part,
)
from tests.platform.planning.conftest import ACTION, SAID, TARGET
from tests.platform.web import make
from tests.platform.web_desk import make as desk_make

pytestmark = pytest.mark.django_db
PLACE = "/places/FR-PAR/"
CANARY = "canary 23"


def text_of(response: Any) -> str:
    """Return what a page says; chemical formulas in one word."""
    return desk_make.text_of(response).replace("CO 2 e", "CO2e")


def add(city: make.City, part: str, /, visibility: str = "public", **said: Any) -> Any:
    return add_part(
        actor=OPERATOR, place=city.place, kind=part, said={**SAID[part], **said}, visibility=visibility
    )


@pytest.fixture
def target(city: make.City) -> Any:
    """A target that rests on the published inventory of 2020."""
    return add(city, "target", base_year="2020", base_linked="yes", base_emissions_t="", source="")


def test_without_a_plan_the_page_says_what_would_be_there(client: Client, city: make.City) -> None:
    said = text_of(client.get(PLACE))
    assert "No target published yet" in said
    assert "No action published yet" in said


def test_a_target_takes_its_base_from_the_published_inventory(
    client: Client, city: make.City, target: Any
) -> None:
    total = city.publication.document
    assert str(target.base_emissions_t)[:6] in total
    said = text_of(client.get(PLACE))
    assert "In 2020 emissions were on the path" in said
    assert "28 % less than 2020" in said
    assert "of the way" not in said  # nothing can be done in the base year itself


def test_path_and_inventories_are_had_as_files(client: Client, city: make.City, target: Any) -> None:
    at = f"{PLACE}targets/{target.public_id}/path"
    table = client.get(f"{at}.csv").content.decode()
    lines = table.splitlines()
    assert lines[0] == "year,path_t_co2e,inventory_t_co2e,gap_t_co2e,progress"
    assert (lines[1].split(",")[0], lines[-1].split(",")[0], len(lines)) == ("2020", "2030", 12)
    picture = client.get(f"{at}.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert b"28 % less by 2030" in picture.content


def test_where_the_inventory_gives_another_base_both_figures_are_named(
    client: Client, city: make.City
) -> None:
    add(city, "target", base_year="2020", base_emissions_t="500000")
    assert "The target was stated against 500,000 t CO2e; the inventory of 2020 now gives" in text_of(
        client.get(PLACE)
    )


def test_some_sectors_are_measured_by_their_own_cells(client: Client, city: make.City) -> None:
    some = add(city, "target", sectors="II", base_year="2020", base_linked="yes", base_emissions_t="")
    assert some.base_emissions_t == 40000.0


def test_a_draft_total_is_never_taken_for_what_everybody_sees(city: make.City) -> None:
    make.computed(city.place, 2019)
    said = {**TARGET, "base_year": "2019", "base_linked": "yes", "base_emissions_t": ""}
    private = add_part(actor=OPERATOR, place=city.place, kind="target", said=said)
    assert private.base_emissions_t > 0
    with pytest.raises(Exception, match="One thing was refused") as refused:
        change_part(actor=OPERATOR, part=private, seen=1, said=said, visibility="public")
    assert "is not published as it stands now" in refused.value.findings[0].message  # type: ignore[attr-defined]


def test_an_action_has_a_page_of_its_own_with_what_was_reached(client: Client, city: make.City) -> None:
    action = add(
        city, "action", effect_t="1200", cost="2500", currency="EUR", sector="transport", instrument="policy"
    )
    add(city, "achievement", action=str(action.public_id), amount="10", unit="km", text="The first part.")
    place = text_of(client.get(PLACE))
    assert "Insulate schools" in place
    assert "1,200 t CO2e a year" in place
    said = text_of(client.get(f"{PLACE}actions/{action.public_id}/"))
    for words in ("EUR 2,500", "Policy, strategy or plan", "10 km", "The first part.", "In progress"):
        assert words in said
    body = client.get(f"{PLACE}actions.csv").content.decode()
    assert str(action.public_id) in body


def test_what_is_not_public_shows_nowhere(client: Client, officer: Client, city: make.City) -> None:
    hidden = add(city, "action", visibility="registry", title=CANARY)
    target = add(city, "target", visibility="place", title=CANARY)
    gone = add(city, "action", title=CANARY)
    add(city, "achievement", action=str(hidden.public_id), title=CANARY)
    shown = add(city, "action", target=str(target.public_id))
    withdraw_part(actor=OPERATOR, part=gone, seen=1, reason="wrong")
    pages = [
        PLACE, f"{PLACE}actions.csv", f"{PLACE}actions/{shown.public_id}/",
        f"{PLACE}actions/{hidden.public_id}/", f"{PLACE}actions/{gone.public_id}/",
        f"{PLACE}targets/{target.public_id}/path.csv",
    ]  # fmt: skip
    for reader in (client, officer):
        found = [reader.get(page) for page in pages]
        assert [response.status_code for response in found] == [200, 200, 200, 404, 404, 404]
        assert not any(CANARY.encode() in response.content for response in found)
    assert str(target.public_id) not in found[1].content.decode()


def test_a_part_is_found_under_its_own_place_alone(client: Client, city: make.City) -> None:
    action = add(city, "action")
    make.place("NO-OSL", "Oslo", country_code="NO")
    assert client.get(f"/places/NO-OSL/actions/{action.public_id}/").status_code == 404


def test_the_page_takes_the_same_queries_whatever_the_size_of_the_plan(
    client: Client, city: make.City
) -> None:
    counts = []
    for number in range(3):
        action = add(city, "action", **{**ACTION, "title": f"Action {number}"})
        add(city, "target", title=f"Target {number}")
        add(city, "achievement", action=str(action.public_id))
        with CaptureQueriesContext(connection) as found:
            client.get(PLACE)
        counts.append(len(found))
    assert counts[0] == counts[2]


def test_public_evidence_is_opened_from_the_page_of_its_action(
    client: Client, city: make.City, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    action = add(city, "action")
    files = {
        visibility: attach_evidence(
            actor=OPERATOR, part=action, stream=io.BytesIO(visibility.encode()), name=f"{visibility}.txt",
            visibility=visibility,
        )
        for visibility in ("public", "place")
    }  # fmt: skip
    page = client.get(f"{PLACE}actions/{action.public_id}/").content.decode()
    assert "public.txt" in page
    assert "place.txt" not in page
    opened = client.get(f"{PLACE}evidence/{files['public'].public_id}/")
    assert b"".join(opened.streaming_content) == b"public"  # type: ignore[arg-type]
    assert client.get(f"{PLACE}evidence/{files['place'].public_id}/").status_code == 404
    make.place("NO-OSL", "Oslo", country_code="NO")
    assert client.get(f"/places/NO-OSL/evidence/{files['public'].public_id}/").status_code == 404
