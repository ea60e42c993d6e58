"""What is wrong with a pack file is named with file, line, key and what to do; nothing is read by guess."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.packs import FILES, SOURCE

from localaction.engine.yamlpack import PackError, read

GOOD = FILES[SOURCE]
KNOWN = "id, title, publisher, year, edition, licence, url, read_as, confidence"
QUOTE = "Write {} in quotes for the text, or true or false."

REFUSED = [
    ("empty", "", "1: the file is empty. Write the pack, or remove the file."),
    ("only a comment", "# later\n", "1: the file is empty. Write the pack, or remove the file."),
    ("a list", "- handbook\n", "1: the file holds no keys. Write keys with their values."),
    (
        "no YAML",
        "id: a\n  title: b\n",
        "2: this is not YAML: mapping values are not allowed in this context. Correct the line.",
    ),
    (
        "a tab",
        "\tid: a\n",
        "1: this is not YAML: found character that cannot start any token. Correct the line.",
    ),
    (
        "an open bracket",
        "id: [\n",
        "2: this is not YAML: did not find expected node content. Correct the line.",
    ),
    (
        "two documents",
        GOOD + "---\nid: b\n",
        "9: this is not YAML: but found another document. Correct the line.",
    ),
    ("a control character", GOOD + "note: \x01\n", "9: YAML does not allow a character here. Remove it."),
    ("the same key twice", GOOD + "id: handbook\n", '9: the key "id" is given twice. Keep one of them.'),
    (
        "a misspelt key",
        GOOD.replace("publisher", "publsher"),
        '3: there is no key "publsher" here. Did you mean "publisher"?',
    ),
    (
        "a strange key",
        GOOD + "colour: red\n",
        f'9: there is no key "colour" here. Remove it; known are {KNOWN}.',
    ),
    ("a key that is a list", GOOD + "[id]: 1\n", "9: a key is a list or a mapping. Write a word as the key."),
    ("a missing key", GOOD.replace("year: 2006\n", ""), '1: the key "year" is missing. Add it.'),
    (
        "NO as a value",
        GOOD.replace('"first"', "NO"),
        "5: a bare NO would be read as a truth value. " + QUOTE.format('"NO"'),
    ),
    (
        "on as a value",
        GOOD.replace('"first"', "on"),
        "5: a bare on would be read as a truth value. " + QUOTE.format('"on"'),
    ),
    (
        "True with a capital",
        GOOD.replace("2006", "True"),
        "4: a bare True would be read as a truth value. " + QUOTE.format('"True"'),
    ),
    ("NO as a key", GOOD + "NO: 1\n", "9: a bare NO would be read as a truth value. " + QUOTE.format('"NO"')),
    ("text for a number", GOOD.replace("2006", '"2006"'), '4: year is "2006". Write a year or null.'),
    ("a number for a text", GOOD.replace('"first"', "1"), "5: edition is 1. Write a text."),
    ("nothing for a text", GOOD.replace('"first"', ""), "5: edition is empty. Write a text."),
    ("an empty text", GOOD.replace('"first"', '""'), "5: edition is empty. Write a text."),
    (
        "a word that is not offered",
        GOOD.replace(": verified", ": sure"),
        '8: confidence is "sure". Write verified, secondary or unverified.',
    ),
    ("a number beyond floats", GOOD.replace("2006", "1e400"), '4: year is "1e400". Write a year or null.'),
    (
        "an alias",
        "id: &name [a]\ntitle: *name\n",
        "1: an alias repeats this part. Write it out where it is needed again.",
    ),
    (
        "an alias within itself",
        "&id [*id]\n",
        "1: an alias repeats this part. Write it out where it is needed again.",
    ),
    ("an alias of nothing", "id: *name\n", "1: this is not YAML: found undefined alias. Correct the line."),
    ("a tag", GOOD.replace("2006", "!secret 2006"), '4: the tag "!secret" is not used here. Remove it.'),
    (
        "a tag that runs code",
        "!!python/object:os.system {}\n",
        '1: the tag "tag:yaml.org,2002:python/object:os.system" is not used here. Remove it.',
    ),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "handbook.yaml"


@pytest.mark.parametrize(
    ("text", "message"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_a_broken_file_is_refused_by_line_and_remedy(file: Path, text: str, message: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as refused:
        read(file, "source")
    assert str(refused.value) == f"handbook.yaml:{message}"
    assert refused.value.code == "packs.invalid"
    assert refused.value.line == int(message.partition(":")[0])


@pytest.mark.parametrize(
    "text", ["012", "0x10", "1_000", "2006-01-01", ".inf", "+5", "0b1", "1:30", ".5", "5."]
)
def test_a_number_is_written_in_digits_and_everything_else_is_text(file: Path, text: str) -> None:
    file.write_text(GOOD.replace('"first"', text), encoding="utf-8")
    assert read(file, "source").data["edition"] == text


@pytest.mark.parametrize(
    ("text", "value"), [("2006", 2006), ("-1", -1), ("0", 0), ("null", None), ("~", None)]
)
def test_what_is_a_number_or_nothing_is_read_as_one(file: Path, text: str, value: int | None) -> None:
    file.write_text(GOOD.replace("2006", text), encoding="utf-8")
    assert read(file, "source").data["year"] == value


def test_of_several_mistakes_the_first_in_the_file_is_named(file: Path) -> None:
    text = (
        GOOD.replace('"first"', "1")
        .replace("2006", '"2006"')
        .replace("confidence: verified", "confidence: sure")
    )
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PackError, match=r'^handbook\.yaml:4: year is "2006"\.'):
        read(file, "source")


def test_a_file_in_another_encoding_is_refused_by_its_line(file: Path) -> None:
    file.write_bytes(GOOD.encode() + "note: café\n".encode("latin-1"))
    with pytest.raises(PackError) as refused:
        read(file, "source")
    assert str(refused.value) == "handbook.yaml:9: this line is not UTF-8. Save the file as UTF-8."


def test_a_file_that_is_not_there_is_named(file: Path) -> None:
    with pytest.raises(PackError) as refused:
        read(file, "source")
    assert str(refused.value) == (
        "handbook.yaml:1: the file cannot be read: No such file or directory. "
        "Put the file there; every pack needs it."
    )


def test_line_ends_of_windows_and_a_byte_order_mark_are_read(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read(file, "source").data["title"] == "A handbook"


def test_quoted_words_stay_words(file: Path) -> None:
    file.write_text(GOOD.replace('"first"', '"NO"').replace("Read in print.", "on"), encoding="utf-8")
    data = read(file, "source").data
    assert (data["edition"], data["read_as"]) == ("NO", "on")
