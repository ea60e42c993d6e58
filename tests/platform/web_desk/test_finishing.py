"""Filling open cells, other warming potentials, publishing and correcting what is published."""

from __future__ import annotations

import pytest

from localaction.platform.publication.models import Publication
from tests.platform.web_desk.make import Desk, csv_of, filled, text_of


@pytest.fixture
def ready(desk: Desk) -> Desk:
    """An inventory with nothing left to settle."""
    desk.hand_in(csv_of(*filled()))
    desk.client.post(desk.at_report("apply/"))
    return desk


def test_open_cells_are_filled_in_one_step_that_can_be_undone(desk: Desk) -> None:
    desk.save()
    assert "31 required cells hold neither" in text_of(desk.get("open-cells/"))
    done = desk.client.post(
        desk.at("open-cells/"), {"notation_key": "NE", "reason": "Not part of this year"}, follow=True
    )
    assert "31 open cells filled with a key." in text_of(done)
    assert "Ready to publish" in text_of(done)
    assert len(desk.rows()) == 32
    desk.undo()
    assert len(desk.rows()) == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"notation_key": "NE", "reason": ""}, "A reason is needed"),
        ({"notation_key": "", "reason": "x"}, "Choose a notation key."),
        ({"notation_key": "IE", "reason": "x"}, "Select a valid choice"),
        ({"notation_key": "XX", "reason": "x"}, "Select a valid choice"),
    ],
)
def test_filling_open_cells_asks_for_key_and_reason(desk: Desk, data: dict[str, str], words: str) -> None:
    response = desk.post("open-cells/", **data)
    assert response.status_code == 422
    assert words in text_of(response)
    assert desk.rows() == []


def test_without_open_cells_there_is_nothing_to_fill(ready: Desk) -> None:
    assert "No required cell is open" in text_of(ready.get("open-cells/"))
    assert ready.post("open-cells/", notation_key="NE", reason="x").status_code == 422


def test_other_potentials_are_previewed_then_applied_with_a_reason(desk: Desk) -> None:
    desk.save("III.1.2", mode="direct", emitted="100", mass_unit="t", gas="CH4")
    desk.save("II.1.1", mode="direct", emitted="50", mass_unit="t", gas="CO2e")
    page = text_of(desk.get("warming-potentials/", gwp_set="ar4"))
    for words in ("2,850", "2,550", "−300 (−10.5", "50", "were given without a split by gas"):
        assert words in page, words
    assert desk.run().result["totals"]["BASIC"]["co2e_t"] == pytest.approx(2850)
    refused = desk.post("warming-potentials/", gwp_set="ar4", reason=" ")
    assert refused.status_code == 422
    assert "A reason is needed" in text_of(refused)
    told = desk.client.post(
        desk.at("warming-potentials/"),
        {"gwp_set": "ar4", "reason": "As in the national inventory"},
        follow=True,
    )
    assert "from now on" in text_of(told)
    assert desk.run().result["totals"]["BASIC"]["co2e_t"] == pytest.approx(2550)
    assert "AR4" in text_of(desk.get())


def test_a_gas_without_a_potential_in_the_set_is_said_in_the_preview(desk: Desk) -> None:
    desk.save("IV.2", mode="direct", emitted="1", mass_unit="t", gas="NF3")
    page = text_of(desk.get("warming-potentials/", gwp_set="sar"))
    assert "BASIC" in page
    assert desk.get("warming-potentials/", gwp_set="ar5").status_code == 200


@pytest.mark.parametrize("wanted", ["ar9", "", "ar5"])
def test_a_set_that_is_none_or_the_present_one_changes_nothing(desk: Desk, wanted: str) -> None:
    desk.save()
    runs = desk.run().number
    response = desk.post("warming-potentials/", gwp_set=wanted, reason="why not")
    assert response.status_code == (302 if wanted == "ar5" else 422)
    assert desk.run().number == runs
    assert desk.get("warming-potentials/", gwp_set=wanted).status_code == 200


def test_what_stands_in_the_way_of_publishing_is_listed(desk: Desk) -> None:
    assert "Nothing is entered yet" in text_of(desk.get("publish/"))
    desk.save()
    desk.save("I.4.1", mode="key", notation_key="IE")
    page, body = text_of(desk.get("publish/")), desk.get("publish/").content.decode()
    assert "Before you can publish" in page
    assert "The notation key IE has no reason." in page
    assert "30 required cells are open" in page
    assert '<button class="btn btn-main" disabled>' in body
    refused = desk.post("publish/")
    assert refused.status_code == 422
    assert "The inventory was not published" in text_of(refused)
    assert not Publication.objects.exists()


def test_a_complete_inventory_is_published_and_found_by_everybody(ready: Desk) -> None:
    page = text_of(ready.get("publish/"))
    for words in (
        "Nothing stands in the way",
        "What will be frozen",
        "56,26",
        "What becomes public",
        "not your name",
    ):
        assert words in page, words
    done = ready.client.post(ready.at("publish/"), follow=True)
    publication = Publication.objects.get()
    assert "Inventory 2019 is published" in text_of(done)
    assert publication.digest in text_of(done)
    assert 'href="/places/FR-PAR/inventory/2019/"' in done.content.decode()
    assert "56,26" in text_of(ready.client.get("/places/FR-PAR/"))


def test_publishing_the_same_again_says_that_nothing_changed(ready: Desk) -> None:
    ready.post("publish/")
    again = ready.post("publish/", reason="again")
    assert again.status_code == 422
    assert "Nothing changed since the inventory was published." in text_of(again)
    assert Publication.objects.count() == 1


def test_a_correction_needs_its_reason(ready: Desk) -> None:
    ready.post("publish/")
    ready.post(
        f"rows/{ready.rows('I.1.1')[0].row_key}/",
        mode="activity",
        activity="natural_gas",
        amount="900",
        unit="TJ",
    )
    assert "What was corrected, and why" in text_of(ready.get("publish/"))
    refused = ready.post("publish/", reason="")
    assert refused.status_code == 422
    assert 'id="id_reason_error"' in refused.content.decode()
    assert (
        ready.client.post(ready.at("publish/"), {"reason": "A meter was read twice"}, follow=True).status_code
        == 200
    )
    assert Publication.objects.count() == 2
    assert Publication.objects.get(is_current=True).reason == "A meter was read twice"


def test_stale_totals_are_computed_from_the_checklist(desk: Desk, ready: Desk) -> None:
    from localaction.platform.accounts.rights import OPERATOR
    from localaction.platform.inventories.services import save_row

    row = {"ref": "I.1.1", "activity": "natural_gas", "amount": "5", "unit": "TJ"}
    save_row(actor=OPERATOR, inventory=desk.inventory, values=row)
    assert "The totals are not those of the rows" in text_of(desk.get("publish/"))
    assert "was changed since it was computed" in text_of(desk.post("publish/"))
    told = desk.client.post(desk.at("compute/"), {"next": desk.at("publish/")}, follow=True)
    assert told.redirect_chain[-1][0] == desk.at("publish/")
    assert "Nothing stands in the way" in text_of(told)


def test_computing_never_leads_elsewhere(desk: Desk) -> None:
    response = desk.post("compute/", next="https://elsewhere.example/")
    assert response["Location"] == desk.at()


def test_nothing_is_published_yet(desk: Desk) -> None:
    assert desk.get("published/").status_code == 404
