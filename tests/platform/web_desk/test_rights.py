"""Who gets in where at the desk, and sees what. Every address of the site: tests/platform/rights."""

from __future__ import annotations

import io
import shutil
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.http import FileResponse
from django.test import Client, override_settings

from localaction.platform.accounts.models import User
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.imports.services import receive
from localaction.platform.inventories.models import Inventory, RowRevision
from localaction.platform.inventories.services import (
    begin_recalculation,
    create_factor_set,
    create_inventory,
    save_row,
    work_on,
)
from localaction.platform.places.models import Place
from localaction.platform.planning.services import add_part, attach_evidence
from tests.platform.accounts.make import person, place, with_role
from tests.platform.conftest import settle
from tests.platform.web_desk.conftest import YEAR, signed_in_as
from tests.platform.web_desk.make import GAS, Desk

AT = f"/desk/places/FR-PAR/inventory/{YEAR}/"
FORM = "/desk/places/FR-PAR/frameworks/2020/singapore_index/2021/"
#: Address by name, what a viewer gets, and whether it is changed by POST alone.
READ, EDIT, CHANGE, ANYBODY, NETWORK = "read", "edit", "change", "anybody", "network"
NETWORK_CHANGE = "change the network"
ADDRESSES: dict[str, tuple[str, str]] = {
    "home": ("/desk/", ANYBODY),
    "template": (f"{AT}template.csv", READ),
    "new": ("/desk/places/FR-PAR/inventories/new/", EDIT),
    "factor-sets": ("/desk/places/FR-PAR/factors/", READ),
    "factor-set-new": ("/desk/places/FR-PAR/factors/new/", EDIT),
    "factor-set": ("/desk/factor-sets/{factor_set}/", READ),
    "factor-set-edition": ("/desk/factor-sets/{factor_set}/new-edition/", EDIT),
    "factor-set-withdraw": ("/desk/factor-sets/{factor_set}/withdraw/", CHANGE),
    "factor-set-file": ("/desk/factor-sets/{factor_set}/file/", READ),
    "frameworks": ("/desk/places/FR-PAR/frameworks/", READ),
    "gaps": ("/desk/places/FR-PAR/frameworks/2020/", READ),
    "form": (FORM, READ),
    "answer": (f"{FORM}answers/area.natural/", CHANGE),
    "choose": (f"{FORM}choose/", CHANGE),
    "hand-in": (f"{FORM}hand-in/", EDIT),
    "answers-file": (f"{FORM}answers.csv", READ),
    "plan": ("/desk/places/FR-PAR/plan/", READ),
    "plan-actions": ("/desk/places/FR-PAR/plan/actions.csv", READ),
    "part-new": ("/desk/places/FR-PAR/plan/action/new/", EDIT),
    "part": ("/desk/plan/action/{action}/", READ),
    "part-change": ("/desk/plan/action/{action}/change/", EDIT),
    "part-withdraw": ("/desk/plan/action/{action}/withdraw/", EDIT),
    "part-undo": ("/desk/plan/action/{action}/undo/", CHANGE),
    "evidence-attach": ("/desk/plan/action/{action}/evidence/", CHANGE),
    "evidence": ("/desk/plan/evidence/{evidence}/file/", READ),
    "evidence-withdraw": ("/desk/plan/evidence/{evidence}/withdraw/", EDIT),
    "part-seen-by": ("/desk/plan/action/{action}/seen-by/", CHANGE),
    "part-restore": ("/desk/plan/action/{action}/versions/1/", EDIT),
    "editor": (AT, READ),
    "cell": (f"{AT}cell/I.1.1/", READ),
    "row-new": (f"{AT}cell/I.1.1/rows/new/", EDIT),
    "row-choices": (f"{AT}cell/I.1.1/rows/choices/", EDIT),
    "row": (f"{AT}rows/{{row}}/", EDIT),
    "row-remove": (f"{AT}rows/{{row}}/remove/", CHANGE),
    "rows": (f"{AT}rows.csv", READ),
    "workbook": (f"{AT}inventory.xlsx", READ),
    "undo": (f"{AT}undo/", CHANGE),
    "history": (f"{AT}history/", READ),
    "compute": (f"{AT}compute/", CHANGE),
    "upload": (f"{AT}upload/", EDIT),
    "open-cells": (f"{AT}open-cells/", EDIT),
    "potentials": (f"{AT}warming-potentials/", EDIT),
    "publish": (f"{AT}publish/", EDIT),
    "published": (f"{AT}published/", READ),
    "report": ("/desk/imports/{upload}/", READ),
    "report-stop": ("/desk/imports/{upload}/stop/", CHANGE),
    "report-apply": ("/desk/imports/{upload}/apply/", CHANGE),
    "report-undo": ("/desk/imports/{upload}/undo/", CHANGE),
    "report-resume": ("/desk/imports/{upload}/resume/", CHANGE),
    "report-mapping": ("/desk/imports/{upload}/mapping/", EDIT),
    "report-file": ("/desk/imports/{upload}/file/", READ),
    "report-findings": ("/desk/imports/{upload}/findings.csv", READ),
    "report-irregular": ("/desk/imports/{upload}/untidy-cells.csv", READ),
    "imports": ("/desk/imports/", ANYBODY),
    "imports-new": ("/desk/imports/new/", NETWORK),
    "recalculate": ("/desk/network/recalculate/", NETWORK),
    "recalculation": ("/desk/network/recalculate/{recalculation}/", NETWORK),
    "recalculation-accept": ("/desk/network/recalculate/{recalculation}/accept/", NETWORK_CHANGE),
    "recalculation-stop": ("/desk/network/recalculate/{recalculation}/stop/", NETWORK_CHANGE),
    "recalculation-csv": ("/desk/network/recalculate/{recalculation}/report.csv", NETWORK),
}
FACTORS = b"id,activity,uses,gas,value,unit,source\ngas,natural_gas,residential,CO2,55000,kg/TJ,Works\n"
ROW = {name: value for name, value in GAS.items() if name != "mode"}  # "mode" is of the form
CANARY = "canary 17"  # the source of a row; it never shows where it must not
NOT_YET = {"published"}  # 404 until something is published
FORWARD = {"frameworks"}  # leads on to the last full year
SENT_ON = {"report-mapping", *FORWARD}  # leads on to the report where there is nothing to map
FOR_ALL = {ANYBODY: 200, NETWORK: 403, NETWORK_CHANGE: 403}


@dataclass(frozen=True)
class Scene:
    """The city, its officer, and an inventory with a row and an upload that waits."""

    city: Place
    officer: User
    inventory: Inventory
    addresses: dict[str, tuple[str, str]]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the evidence that the scene handed in."""
    return tmp_path_factory.mktemp("scene") / "files"


@pytest.fixture(scope="module")
def scene(module_database: None, files: Path) -> Scene:
    city = place("FR-PAR", "Paris", country_code="FR")
    officer = with_role("officer", city, name="Grace")
    inventory = create_inventory(actor=OPERATOR, place=city, label_year=YEAR)
    row = save_row(actor=officer, inventory=inventory, values={"ref": "I.1.1", **ROW, "source": CANARY})
    with override_settings(MEDIA_ROOT=files):
        content = io.BytesIO(b"ref,notation_key\nI.1.2,NO\n")
        upload = receive(importer_id="rows", actor=officer, inventory=inventory, name="a.csv", stream=content)
        factors = create_factor_set(
            actor=officer, place=city, name="Own", citation="Works", stream=io.BytesIO(FACTORS)
        )
    said = {"title": "Insulate schools", "status": "planned", "source": CANARY}
    action = add_part(actor=officer, place=city, kind="action", said=said)
    with override_settings(MEDIA_ROOT=files):
        evidence = attach_evidence(actor=officer, part=action, stream=io.BytesIO(b"bill"), name="bill.txt")
    known = {
        "action": str(action.public_id),
        "evidence": str(evidence.public_id),
        "row": str(row.row_key),
        "upload": str(upload.public_id),
        "factor_set": str(factors.public_id),
        "recalculation": str(work_on(begin_recalculation(actor=OPERATOR, gwp_set="ar6").pk).public_id),
    }
    settle()
    addresses = {name: (address.format(**known), kind) for name, (address, kind) in ADDRESSES.items()}
    return Scene(city, officer, inventory, addresses)


@pytest.fixture(autouse=True)
def _own_copy_of_the_files(settings: object, tmp_path: Path, scene: Scene, files: Path) -> None:
    """What a test does to a file is not seen by the next."""
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    shutil.copytree(files, tmp_path / "files")


@pytest.fixture
def city(scene: Scene, db: None) -> Place:
    return deepcopy(scene.city)


@pytest.fixture
def officer(scene: Scene, db: None) -> User:
    return deepcopy(scene.officer)


@pytest.fixture
def inventory(scene: Scene, db: None) -> Inventory:
    return deepcopy(scene.inventory)


@pytest.fixture
def addresses(scene: Scene, db: None) -> dict[str, tuple[str, str]]:
    """Every address."""
    return scene.addresses


def ask(client: Client, address: str, kind: str) -> Any:
    response = client.post(address) if kind in {CHANGE, NETWORK_CHANGE} else client.get(address)
    for close in response._resource_closers:  # a file handed out; closing the answer would close more
        if isinstance(response, FileResponse):
            close()
    return response


@pytest.mark.parametrize("name", ADDRESSES)
def test_nobody_gets_in_without_signing_in(addresses: dict[str, tuple[str, str]], name: str) -> None:
    address, kind = addresses[name]
    response = ask(Client(), address, kind)
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/?next=/desk/")


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_officer_of_another_place_does_not_even_learn_that_it_exists(
    addresses: dict[str, tuple[str, str]], name: str
) -> None:
    address, kind = addresses[name]
    other = signed_in_as(with_role("officer", place("GH-ACC", "Accra"), name="Kofi"))
    response = ask(other, address, kind)
    assert response.status_code == FOR_ALL.get(kind, 404)
    assert CANARY.encode() not in response.content
    assert b"Paris" not in response.content


@pytest.mark.parametrize("name", ADDRESSES)
def test_somebody_without_any_role_sees_nothing(addresses: dict[str, tuple[str, str]], name: str) -> None:
    address, kind = addresses[name]
    assert ask(signed_in_as(person()), address, kind).status_code == FOR_ALL.get(kind, 404)


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_viewer_reads_and_changes_nothing(
    addresses: dict[str, tuple[str, str]], city: Place, name: str
) -> None:
    address, kind = addresses[name]
    viewer = signed_in_as(with_role("viewer", city, name="Vera"))
    before = RowRevision.objects.count()
    response = ask(viewer, address, kind)
    expected = 404 if name in NOT_YET else 302 if name in FORWARD else 200 if kind in {READ, ANYBODY} else 403
    assert response.status_code == expected
    assert viewer.post(address).status_code in {403, 405}
    assert RowRevision.objects.count() == before


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_officer_of_the_place_gets_in(
    addresses: dict[str, tuple[str, str]], desk: Desk, name: str
) -> None:
    address, kind = addresses[name]
    response = ask(desk.client, address, kind)
    assert response.status_code in (
        {200, 302, 303, 409, 422}
        if kind == CHANGE or name in SENT_ON
        else {404}
        if name in NOT_YET
        else {FOR_ALL.get(kind, 200)}
    )


@pytest.mark.parametrize("name", [name for name, (_address, kind) in ADDRESSES.items() if kind == CHANGE])
def test_what_changes_something_is_never_done_by_following_a_link(
    addresses: dict[str, tuple[str, str]], desk: Desk, name: str
) -> None:
    assert desk.client.get(addresses[name][0]).status_code == 405


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, (_address, kind) in ADDRESSES.items()
        if kind in {CHANGE, EDIT} and name != "row-choices"
    ],
)
def test_a_form_from_elsewhere_is_refused(
    addresses: dict[str, tuple[str, str]], desk: Desk, name: str
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(desk.user)
    assert strict.post(addresses[name][0]).status_code == 403


def test_a_viewer_sees_no_way_to_change_anything(desk: Desk, city: Place) -> None:
    desk.save()
    viewer = signed_in_as(with_role("viewer", city, name="Vera"))
    for address in (desk.at(), desk.at("cell/I.1.1/"), desk.at("history/")):
        page = viewer.get(address).content.decode()
        main = page[page.index("<main") : page.index("</main>")]
        assert "<form" not in main
        assert "/upload/" not in main
        assert "rows/new" not in main


def test_a_part_of_a_page_says_that_one_is_signed_out(desk: Desk) -> None:
    response = Client().get(desk.at("cell/I.1.1/"), headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert response.content == b""


@pytest.mark.parametrize("rest", ["cell/I.9.9/", "cell/I.1.1/../", "cell/I.9.9/rows/new/", "rows/not-a-key/"])
def test_what_is_not_there_is_not_found(desk: Desk, rest: str) -> None:
    assert desk.get(rest).status_code == 404


def test_an_inventory_of_another_year_or_place_is_not_found(desk: Desk) -> None:
    for address in ("/desk/places/FR-PAR/inventory/1999/", "/desk/places/XX-NOW/inventory/2019/"):
        assert desk.client.get(address).status_code == 404
    assert desk.client.get("/desk/places/XX-NOW/inventories/new/").status_code == 404
