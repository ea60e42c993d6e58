"""The index finds exactly what a look at every name would find."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from localaction.platform.places.nameindex import NameIndex

QUIETLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
LETTERS = "abcn oé東京мصṛ"
NAMES = st.lists(st.text(LETTERS, min_size=1, max_size=9).map(str.strip).filter(bool), max_size=25)
TEXT = st.text(LETTERS, min_size=1, max_size=9).map(str.strip).filter(bool)


def index_of(names: list[str]) -> NameIndex:
    return NameIndex((name, number, True) for number, name in enumerate(names))


@QUIETLY
@given(NAMES, TEXT)
def test_exact_names_and_beginnings(names: list[str], text: str) -> None:
    index = index_of(names)
    assert sorted(index.exact(text).owners) == [at for at, name in enumerate(names) if name == text]
    assert sorted(index.begins(text).owners) == [at for at, name in enumerate(names) if name.startswith(text)]


@QUIETLY
@given(NAMES, TEXT, st.integers(1, 3))
def test_no_misspelt_name_is_missed_and_none_is_too_far(names: list[str], text: str, mistakes: int) -> None:
    found = index_of(names).misspelt(text, mistakes)
    near = [at for at, name in enumerate(names) if OSA.distance(name, text) <= mistakes]
    assert set(found.owners) <= set(near)
    one = [at for at in near if OSA.distance(names[at], text) <= 1]
    assert set(one) <= set(found.owners)
    without_exchange = [at for at in near if _plain(names[at], text) <= mistakes]
    assert set(without_exchange) <= set(found.owners)


def _plain(one: str, other: str) -> int:
    """Distance without exchanges of neighbours."""
    from rapidfuzz.distance import Levenshtein

    return int(Levenshtein.distance(one, other))


@QUIETLY
@given(NAMES, st.text("abcn oé東", min_size=4, max_size=6).map(str.strip).filter(lambda text: len(text) > 3))
def test_texts_within_names(names: list[str], text: str) -> None:
    found = set(index_of(names).within(text).owners)
    assert {at for at, name in enumerate(names) if text in name} <= found
