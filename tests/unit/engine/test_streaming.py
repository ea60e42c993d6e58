"""Rows pass through and are let go: what is held does not grow with the file."""

from __future__ import annotations

import io

import pytest
from tests.support.inventory import YEAR

from localaction.engine.errors import Refused
from localaction.engine.inventory import run as running
from localaction.engine.inventory.block import BLOCK_ROWS, blocks
from localaction.engine.inventory.compile import Options, compile_inventory
from localaction.engine.inventory.rows import NAMES, RawRow, read_csv
from localaction.engine.packs import Library
from localaction.engine.periods import Period

ROWS = 40_000
STREAMED = Options(period=YEAR, keep_lines=False)


class Tracked(dict):
    """The values of a row, counted while they live."""

    live = 0
    most = 0

    def __init__(self, *args):
        super().__init__(*args)
        Tracked.live += 1
        Tracked.most = max(Tracked.most, Tracked.live)

    def __del__(self):
        Tracked.live -= 1


@pytest.fixture
def tracked():
    Tracked.live = Tracked.most = 0
    return Tracked


def many_rows(made, size, **values):
    full = {**dict.fromkeys(NAMES, ""), "ref": "I.1.1", "activity": "natural_gas", "unit": "MWh", **values}
    for start in range(2, ROWS + 2, size):
        yield [RawRow(number, made({**full, "amount": str(number)})) for number in range(start, start + size)]


@pytest.mark.parametrize("size", [100, 1000])
def test_no_more_than_two_chunks_of_rows_are_held(tracked, size):
    result = compile_inventory(many_rows(tracked, size), STREAMED)
    assert result.cell("I.1.1").rows == ROWS
    assert tracked.most <= 2 * BLOCK_ROWS + 2 * size


def test_lines_are_let_go_when_they_are_taken(tracked):
    seen = []
    compile_inventory(many_rows(tracked, 1000), STREAMED, on_line=lambda line: seen.append(line["row"]))
    assert len(seen) == ROWS
    assert tracked.most <= 2 * BLOCK_ROWS + 2000


def test_wrong_rows_are_let_go_too(tracked):
    with pytest.raises(Refused) as refused:
        compile_inventory(many_rows(tracked, 1000, unit="bananas"), STREAMED)
    assert len(refused.value.findings) == 100
    assert refused.value.more == ROWS - 100
    assert tracked.most <= 2 * BLOCK_ROWS + 2000 + 100


def test_what_is_remembered_of_different_rows_is_bounded(monkeypatch):
    """Labels that differ in every row share one recipe; the memory of combinations is emptied when full."""
    monkeypatch.setattr(running, "COMBINATIONS_KEPT", 64)
    run = running.Run(STREAMED, Library.load(), None)
    texts = {**dict.fromkeys(NAMES, ""), "ref": "IV.1", "amount": "1", "unit": "t", "gas": "CO2"}
    rows = (
        RawRow(n, {**texts, "activity": f"Plant {n}", "reason": f"Because {n}"}) for n in range(2, 20_002)
    )
    result = run.result(rows)
    assert result.totals["BASIC+"].co2e_t == 20_000
    assert len(run.codes) <= 64
    assert len(run.resolver.recipes) == 1


def test_reasons_of_a_key_are_kept_in_bounded_number():
    rows = [
        RawRow(n, {"ref": "I.1.1", "notation_key": "NE", "reason": f"Because {n}"}) for n in range(2, 5002)
    ]
    found = compile_inventory(rows, STREAMED).cell("I.1.1")
    assert found.rows == 5000
    assert found.reason.count("Because") == 20


def test_a_file_is_read_while_it_is_computed():
    """When the first lines come out, most of the file has not been read."""
    header = ",".join(NAMES).encode() + b"\n"
    body = b"I.1.1,natural_gas,1,MWh" + b"," * (len(NAMES) - 4) + b"\n"
    body *= ROWS
    stream = io.BytesIO(header + body)
    positions = []
    compile_inventory(read_csv(stream), STREAMED, on_line=lambda line: positions.append(stream.tell()))
    assert positions[0] < len(body) / 2
    assert len(positions) == ROWS


def test_one_list_of_all_rows_is_cut_into_chunks_without_being_copied_again_and_again():
    rows = next(iter([[row for part in many_rows(dict, 1000) for row in part]]))
    sizes = [len(part) for part in blocks([rows])]
    assert (max(sizes), sum(sizes)) == (BLOCK_ROWS, ROWS)


def test_the_period_of_a_result_comes_from_the_rows_of_every_chunk():
    months = [f"2019-{month:02}-01/2019-{month:02}-28" for month in range(1, 13)]
    rows = [
        RawRow(
            n,
            {
                "ref": "I.1.1",
                "activity": "natural_gas",
                "unit": "MWh",
                "amount": "1",
                "period": months[n % 12],
            },
        )
        for n in range(2, 9002)
    ]
    assert compile_inventory(rows, Options(keep_lines=False)).period == Period.parse("2019-01-01/2019-12-28")
