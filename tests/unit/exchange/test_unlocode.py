"""Reading the table of UN/LOCODE."""

from __future__ import annotations

import gzip
import io

import pytest

from localaction.engine.exchange import unlocode
from localaction.engine.exchange.unlocode import NotUnlocode, UnlocodeTooLarge, read_unlocode

HEAD = "locode,country,name,name_ascii,subdivision,function,status,lat,lon"


def read(*lines: str, packed: bool = False) -> list[unlocode.LocodeRow]:
    data = "\n".join([HEAD, *lines, ""]).encode()
    return list(read_unlocode(io.BytesIO(gzip.compress(data) if packed else data)))


@pytest.mark.parametrize("packed", [False, True])
def test_a_row_gives_code_names_and_position(packed: bool) -> None:
    (row,) = read("DE CGN,DE,Köln,Koln,NW,1234,AI,50.93,6.95", packed=packed)
    assert (row.code, row.country, row.names, row.subdivision) == ("DECGN", "DE", ("Köln", "Koln"), "NW")
    assert (row.latitude, row.longitude, row.number, row.problem) == (50.93, 6.95, 2, "")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("DE 9B0,DE,A,,,,,,", "three letters or digits from 2 to 9"),
        ("FR PAR,DE,Paris,,,,,,", 'the country is "DE", the code begins with FR'),
        ("FR PAR,FR,Paris,,,,XX,,", "marked as removed"),
        ("FR PAR,FR,Paris,,,,,north,2.3", "not in degrees"),
        ("FR PAR,FR,Paris,,,,,95,2.3", "not in degrees"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(line: str, problem: str) -> None:
    assert problem in read(line)[0].problem


def test_a_code_that_stands_twice_is_used_once() -> None:
    rows = read("FR PAR,FR,Paris,,,,,,", "FRPAR,FR,Paris,,,,,,")
    assert [bool(row.problem) for row in rows] == [False, True]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "no column locode and no column country"),
        (b"a,b\n1,2\n", "no column locode"),
        (b"\xff\xfe\x00", "cannot be read as CSV"),
        (b"\x1f\x8bnot really packed", "cannot be read as CSV"),
        (HEAD.encode() + b"\nFR PAR,FR,\xff,,,,,,\n", "cannot be read as CSV"),
    ],
)
def test_another_file_is_refused(data: bytes, problem: str) -> None:
    with pytest.raises(NotUnlocode, match=problem):
        list(read_unlocode(io.BytesIO(data)))


def test_a_file_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unlocode, "MOST_BYTES", 1_000_000)
    with pytest.raises(UnlocodeTooLarge, match="goes on after 1 MB"):
        read(*(["FR PAR,FR,Paris,,,,,,"] * 100_000), packed=True)
