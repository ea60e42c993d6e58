"""Every page of the desk: nothing inline, every id once, every text translated, usable right to left."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from localaction.engine.inventory.rows import COLUMNS
from localaction.engine.packs import Library
from tests.platform.web_desk.make import GAS, Desk, csv_of, filled
from tests.support.pseudo import CLOSE, CODE, OPEN, WORD, pseudo_locale, untranslated

INLINE = re.compile(
    r"<[^>]+\sstyle=|<style|<script(?![^>]*\bsrc=)|\son\w+=|javascript:|hx-on|hx-vals=.js:", re.IGNORECASE
)
WEIGHT_WITHOUT_TYPEFACES = 115_000
FORMULA_DIGIT = re.compile(r"(?<=CO)2|(?<=CH)4|(?<=N)2(?=O)")  # set low on pages, which splits the text
LETTERS = 3  # shorter data are only data where they stand alone
PAGES = (
    "", "cell/I.1.1/", "cell/I.4.1/", "cell/II.1.1/", "cell/I.1.1/rows/new/", "cell/III.1.2/rows/new/",
    "history/",
    "upload/", "open-cells/", "warming-potentials/", "warming-potentials/?gwp_set=ar6", "publish/",
)  # fmt: skip


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """An inventory with rows of each kind, findings and a file that was refused."""
    desk.save(**GAS, source="bills", reason="metered", note="by hand", data_quality="H")
    desk.save("I.4.1", mode="key", notation_key="IE")
    desk.save("II.1.1", mode="direct", emitted="5", mass_unit="t", gas="CO2e", label="model")
    desk.hand_in("ref,activity,amount,unit\nI.9.9,natural_gas,5,TJ\n")
    return desk


def addresses(desk: Desk) -> list[str]:
    row = f"rows/{desk.rows('I.1.1')[0].row_key}/"
    others = ["/desk/", "/desk/places/FR-PAR/inventories/new/", desk.at_report()]
    return [desk.at(rest) for rest in (*PAGES, row)] + others


def test_a_page_is_whole_and_carries_nothing_inline(busy: Desk) -> None:
    for address in addresses(busy):
        response = busy.client.get(address)
        html = response.content.decode()
        assert response.status_code == 200, address
        assert INLINE.search(html) is None, (address, INLINE.search(html))
        assert len(re.findall(r"<h1[ >]", html)) == 1, address
        assert re.search(r"<title>\S.* · Local Action</title>", html), address
        assert "{{" not in html, address
        assert "{%" not in html, address
        assert '"includeIndicatorStyles":false,"allowEval":false' in html, address
        assert len(html) < WEIGHT_WITHOUT_TYPEFACES, (address, len(html))


class Document(HTMLParser):
    """Collects ids, forms within forms, and what refers to an id."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.refers: set[str] = set()
        self.forms, self.nested = 0, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        for name in ("for", "aria-labelledby", "aria-describedby"):
            self.refers.update(values.get(name, "").split())
        if tag == "form":
            self.nested |= self.forms > 0
            self.forms += 1

    def handle_endtag(self, tag: str) -> None:
        self.forms -= tag == "form"


def test_ids_are_used_once_what_refers_to_them_finds_them_and_no_form_holds_another(busy: Desk) -> None:
    refused = [
        busy.save(**{**GAS, "amount": "1,2", "unit": "km"}),
        busy.post("open-cells/"),
        busy.post("upload/"),
    ]
    pages = [(address, busy.client.get(address)) for address in addresses(busy)]
    for address, response in [*pages, *(("refused", each) for each in refused)]:
        document = Document()
        document.feed(response.content.decode())
        assert len(document.ids) == len(set(document.ids)), (address, sorted(document.ids))
        assert document.refers <= set(document.ids), (address, document.refers - set(document.ids))
        assert not document.nested, address


def data_on_pages() -> set[str]:
    """What pages show as data: labels of the rule book, names, what was typed."""
    book = Library.load()
    labels = {activity.label for activity in book.activities.all.values()} | set(book.activities.all)
    labels |= {part.label for sector in book.protocol.sectors for part in sector.subsectors}
    labels |= {sector.label for sector in book.protocol.sectors} | {
        cell.label for cell in book.protocol.cells.values()
    }
    labels |= {text for key in book.protocol.notation_keys.values() for text in (key.label, key.explain)}
    labels |= {total.label for total in book.protocol.totals} | {
        column.label for column in book.protocol.columns
    }
    labels |= {gwp.label for gwp in book.gwp_sets.values()} | {
        factor.label for factor in book.factors.all.values()
    }
    labels |= set(book.sources) | {unit.dimension for unit in book.units.all.values()}
    labels |= {column.example for column in COLUMNS if len(column.example) > LETTERS}
    labels |= {
        "Local Action",
        "FR-PAR",
        "Paris",
        "Grace",
        "GPC 1.1",
        "rows.csv",
        book.protocol.title,
        "bills",
    }
    labels |= {"metered", "by hand", "model"}
    # why a factor was chosen is part of the computed line, as it is frozen and published
    labels |= {"No factor of FR-PAR or FR is on file for 2019, so the world default applies."}
    labels |= {"Given directly as CO", "e; with which warming potentials is not stated."}
    labels |= {part.strip() for label in labels for part in FORMULA_DIGIT.split(label)}
    return {label for label in labels if len(label) > LETTERS}


def words_left(text: str, allowed: set[str]) -> bool:
    """Whether a text holds words that are neither translated nor data (short data: as whole words)."""
    book = Library.load()
    bare = re.sub(rf"{OPEN}[^{CLOSE}]*{CLOSE}?", " ", text)
    for datum in sorted(allowed, key=len, reverse=True):
        bare = bare.replace(datum, " ")
    short = {
        *book.units.all,
        *book.protocol.cells,
        *book.protocol.notation_keys,
        *book.species,
        "CO2e",
        "AR5",
        "CO",
    }
    short |= {factor.place for factor in book.factors.all.values()}
    short |= {sector.id for sector in book.protocol.sectors}
    named = "|".join(re.escape(each) for each in sorted(short, key=len, reverse=True))
    return WORD.search(re.sub(rf"(?<![\w.])(?:{named})(?![\w])", " ", bare)) is not None


def test_every_text_of_the_desk_is_translated(busy: Desk) -> None:
    allowed = data_on_pages()
    missing: dict[str, list[str]] = {}
    with pseudo_locale():
        for address in addresses(busy):
            html = busy.client.get(address, headers={"Accept-Language": CODE}).content.decode()
            main = html[html.index("<main") : html.index("</main>")]
            if found := [text for text in untranslated(main, allowed) if words_left(text, allowed)]:
                missing[address] = found
    assert missing == {}, "\n".join(f"{address}: {texts}" for address, texts in missing.items())


def test_arabic_is_set_right_to_left(busy: Desk) -> None:
    for address in addresses(busy):
        html = busy.client.get(address, headers={"Accept-Language": "ar"}).content.decode()
        assert '<html lang="ar" dir="rtl">' in html, address


def test_numbers_in_addresses_and_fields_stay_plain_in_every_language(busy: Desk) -> None:
    busy.hand_in(csv_of(*filled()))
    for language in ("fr", "ar", "es", "zh-hans"):
        for address in (busy.at(), busy.at("cell/I.1.1/"), busy.at_report(), "/desk/"):
            html = busy.client.get(address, headers={"Accept-Language": language}).content.decode()
            assert "/inventory/2019/" in html, (language, address)
            assert not re.search(r'href="[^"]*2[.,\u202f]019', html), (language, address)
