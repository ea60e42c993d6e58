"""Ranges made anew, at a terminal."""

from __future__ import annotations

from localaction.engine.packs import Library
from localaction.engine.periods import Period
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.values.services import record_value
from tests.platform.accounts.make import place

SUBJECT = next(each for each in Library.load().plausible.subjects.values() if each.peers)


def test_ranges_are_made_of_what_is_public(command):
    for number in range(5):
        where = place(f"NO-C{number}", f"City {number}")
        for item in SUBJECT.items:
            said = {"amount": 10 + number, "unit": Library.load().items[item]["unit"], "visibility": "public"}
            record_value(actor=OPERATOR, place=where, item=item, period=Period.year(2024), **said)
    status, out, err = command("ranges", "--year", "2024")
    assert (status, err) == (0, "")
    assert " ranges of public figures, for 2024." in out


def test_without_enough_places_it_is_said_that_nothing_is_compared(command):
    status, out, _err = command("ranges", "--year", "2024")
    assert status == 0
    assert out == (
        "No ranges for 2024: nowhere do five places publish the same figure. Nothing is compared with them.\n"
    )
