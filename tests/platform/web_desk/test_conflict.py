"""Two people at one row: both versions side by side, nothing overwritten in silence."""

from __future__ import annotations

import pytest

from tests.platform.accounts.make import with_role
from tests.platform.web_desk.conftest import signed_in_as
from tests.platform.web_desk.make import GAS, Desk, text_of


@pytest.fixture
def other(desk: Desk) -> Desk:
    """A second officer of the same place."""
    user = with_role("officer", desk.inventory.place, name="Linus")
    return Desk(signed_in_as(user), desk.inventory, user)


@pytest.fixture
def address(desk: Desk) -> str:
    desk.save()
    return f"rows/{desk.row().row_key}/"


@pytest.mark.parametrize("htmx", [False, True])
def test_the_second_to_save_sees_both_versions(desk: Desk, other: Desk, address: str, htmx: bool) -> None:
    other.post(address, **{**GAS, "amount": "1500"}, source="their letter", seen="1")
    response = desk.post(address, htmx=htmx, **{**GAS, "amount": "1700"}, source="my bill", seen="1")
    page = text_of(response)
    assert response.status_code == 409
    assert desk.row().amount == "1500"
    assert "Somebody else changed this row while you had it open" in page
    for words in (
        "Saved by Linus, just now",
        "1500",
        "1700",
        "their letter",
        "my bill",
        "Keep theirs",
        "Save mine instead",
    ):
        assert words in page, words
    assert 'value="1700"' in response.content.decode()


def test_saving_mine_after_seeing_theirs_replaces_it_and_theirs_stays_in_the_history(
    desk: Desk, other: Desk, address: str
) -> None:
    other.post(address, **{**GAS, "amount": "1500"}, seen="1")
    shown = desk.post(address, **{**GAS, "amount": "1700"}, seen="1").content.decode()
    assert '<input type="hidden" name="seen" value="2"' in shown
    assert desk.post(address, **{**GAS, "amount": "1700"}, seen="2").status_code == 303
    assert (desk.row().amount, desk.row().number) == ("1700", 3)
    assert "Linus" in text_of(desk.get("history/"))


def test_a_third_version_is_shown_again(desk: Desk, other: Desk, address: str) -> None:
    other.post(address, **{**GAS, "amount": "1500"}, seen="1")
    other.post(address, **{**GAS, "amount": "1600"}, seen="2")
    assert desk.post(address, **{**GAS, "amount": "1700"}, seen="2").status_code == 409
    assert desk.row().amount == "1600"


def test_a_row_removed_meanwhile_can_be_saved_as_a_new_one(desk: Desk, other: Desk, address: str) -> None:
    other.post(f"{address}remove/", seen="1")
    response = desk.post(address, **{**GAS, "amount": "1700"}, seen="1", ref="I.1.1")
    page = text_of(response)
    assert response.status_code == 409
    assert "Somebody else removed this row while you had it open" in page
    assert "Leave it removed" in page
    assert f'action="{desk.at("cell/I.1.1/rows/new/")}"' in response.content.decode()
    desk.save(**{**GAS, "amount": "1700"})
    assert desk.row().amount == "1700"


def test_removing_what_somebody_else_just_changed_is_refused(desk: Desk, other: Desk, address: str) -> None:
    other.post(address, **{**GAS, "amount": "1500"}, seen="1")
    response = desk.post(f"{address}remove/", seen="1")
    assert response.status_code == 409
    assert "Linus changed this row" in text_of(response)
    assert desk.row().amount == "1500"


def test_undoing_a_change_that_others_stand_on_is_refused_in_words(
    desk: Desk, other: Desk, address: str
) -> None:
    batch = str(desk.row().batch.public_id)
    other.post(address, **{**GAS, "amount": "1500"}, seen="1")
    response = desk.post("undo/", batch=batch)
    assert response.status_code == 409
    assert "changed again later" in text_of(response)
    assert desk.row().amount == "1500"
