"""All text can be translated, and stands 40 % longer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

import pytest
from django.conf import settings
from django.test import Client

from localaction.engine.cli.editiontext import changes
from localaction.engine.packs.editions import frameworks
from localaction.engine.references.geography import countries
from localaction.platform.publication.queries import published
from localaction.platform.web.factor_page import factor_page
from localaction.platform.web.frameworks.page import framework_page
from localaction.platform.web.frameworks.words import choices_of
from localaction.platform.web.style_colours import SWATCHES
from tests.platform.web import make
from tests.support.pseudo import CODE, pseudo, pseudo_locale, untranslated

#: Marks of units, files, protocols and pack ids that are the same in every language.
CONSTANT = {
    "Local Action", "BASIC+", "BASIC", "GPC", "CO2e", "CO2", "CH4", "N2O", "CO₂e", "JSON", "CSV", "SVG",
    "Mt", "kt", "TJ", "GJ", "kg", "m³", "inventory.json", "inventory_2020.csv", "inventory_2019.csv",
    "sha256", "XLSX", "ZIP",
}  # fmt: skip
ADDRESSES = (
    "/",
    "/places/",
    "/places/?q=nowhere",
    "/places/FR-PAR/",
    "/places/NO-OSL/",
    "/figures/FR-PAR/2020/I.1.1/",
    "/figures/FR-PAR/2020/II.1.1/",
    "/figures/FR-PAR/2020/I.5.1/",
    "/figures/FR-PAR/2020/VI.1/",
    "/figures/FR-PAR/2020/BASIC/",
    "/sources/",
    "/sources/ipcc-2006-vol2/",
    "/factors/",
    "/factors/?q=zzzzqqqq",
    "/factors/parameters/",
    "/factors/ipcc@2006:stationary.residential.natural_gas/",
    "/frameworks/",
    "/frameworks/?q=zzzzqqqq",
    "/frameworks/gcom_crf/6.1/",
    "/frameworks/singapore_index/2021/",
    "/frameworks/items/risk.hazards/",
    "/style/",
    "/nothing/",
    "/account/login/",
)


@pytest.fixture
def pseudo_client() -> Iterator[Client]:
    with pseudo_locale():
        yield Client(headers={"accept-language": CODE})


@pytest.fixture
def data(city: make.City) -> set[str]:
    """Everything on the pages that is data: of the packs, of the document, of the place."""
    make.place("NO-OSL", "Oslo", country_code="NO")
    texts = {city.place.name, city.place.code, "FR", "Oslo", "NO-OSL", "census", city.publication.digest}
    texts |= {str(name) for _code, name in settings.LANGUAGES} | {
        "English",
        "español",
        "français",
        "Português",
    }
    texts |= {f"--{token}" for _label, swatches in SWATCHES for token, _name, _contrast in swatches}
    texts |= set(_texts(published("FR-PAR").doc)) | _pack_texts()
    texts |= {country.said["en"] for country in countries().values()}
    return {text for text in texts | CONSTANT if len(text) > 1}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _pack_texts() -> set[str]:
    rules = make.library()
    protocol = rules.protocol
    texts = {protocol.title, *(unit.symbol for unit in rules.units.all.values())}
    for held in (*protocol.totals, *protocol.notation_keys.values(), *protocol.columns, *protocol.sectors):
        texts |= {held.label, held.id, getattr(held, "note", ""), getattr(held, "explain", "")}
    texts |= {row.label for sector in protocol.sectors for row in sector.subsectors}
    texts |= {text for cell in protocol.cells.values() for text in (cell.ref, cell.label)}
    for factor in rules.factors.all.values():
        texts |= {factor.id, factor.label, factor.unit, factor.locator, factor.note, factor.place}
        texts |= {f"kg/{factor.activity_unit}"}
    texts |= {activity.label for activity in rules.activities.all.values()}
    for source in rules.sources.values():
        texts |= {
            source.id,
            source.title,
            source.publisher,
            source.edition,
            source.licence,
            source.url,
            source.read_as,
        }
    for gwp in rules.gwp_sets.values():
        texts |= {gwp.label, gwp.locator, *gwp.values}
    for held in rules.default_ranges.values():
        texts |= {held.label, held.words(), held.locator, held.note, held.source_ref}
    for table in rules.parameters.values():
        texts |= {table.id, table.label, table.unit, f"{table.source_ref}, {table.locator}"}
    for fuel in rules.fuels.values():
        for cited in (fuel.ncv, fuel.density, fuel.gross_to_net):
            texts |= {cited.locator, cited.unit} if cited else set()
    texts |= {country.label for country in rules.countries.all.values()}
    texts |= _factor_page_texts() | _framework_texts()
    return {text for text in texts if text}


def _factor_page_texts() -> set[str]:
    """Return what the engine writes on the page of the factor: steps of conversion, and how it is cited."""
    page = factor_page(make.library().factors.all["ipcc@2006:stationary.residential.natural_gas"], [])
    return {page.cite, *(unit.steps for unit in page.common)}


def _framework_texts() -> set[str]:
    """Return what the packs say of frameworks: titles, labels, notes, formulas, changes, data items."""
    texts: set[str] = set()
    for held in frameworks().values():
        texts |= {held.title, held.publisher, held.licence, held.summary, held.key, held.source.locator}
        texts |= {*held.explanation, *held.sections.values(), framework_page(held).cite}
        texts |= {f"localaction pack score {held.key}"}
        for one in held.indicators.values():
            texts |= {one.id, one.label, one.help, one.note, one.unit, one.formula, *one.groups}
            texts |= {one.scoring.note} if one.scoring else set()
            texts |= {fit.note for fit in one.fits.values()}
        for decided in (*held.decisions, *held.badges, *held.levels, *held.checks):
            texts |= {decided.label, decided.note, decided.fix, decided.formula, decided.due}
        for view in (*held.totals.values(), *held.declared):
            texts |= {view.id, view.label, view.note}
        for case in held.cases.values():
            texts |= {case.title, case.note, case.source.locator, *case.expected.get("findings", ())}
        for other in held.indicators.values():
            texts |= {other.source.locator, other.scoring.source.locator if other.scoring else ""}
    for older, newer in permutations(frameworks().values(), 2):
        if older.id == newer.id:
            texts |= {text for one in changes(older, newer) for text in (one.was, one.now, one.label)}
    for held in frameworks().values():
        for mapping in held.mappings.values():
            texts |= {mapping.summary, *(one.note for one in mapping.changes)}
            texts |= {one.source.locator for one in mapping.changes}
    return texts | _item_texts()


def _item_texts() -> set[str]:
    texts: set[str] = set()
    for item in make.library().items.values():
        for held in (item, *item.get("columns", ())):
            texts |= {held["label"], held["id"], held.get("help", ""), held.get("note", "")}
            texts |= {held.get("unit", ""), *choices_of(held), *choices_of(held).values()}
    return texts


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_visible_text_escapes_translation(pseudo_client: Client, data: set[str], address: str) -> None:
    html = pseudo_client.get(address).content.decode()
    assert f'<html lang="{CODE}"' in html
    assert untranslated(_plain(html), data | {address}) == []


def _plain(html: str) -> str:
    """Return a page with chemical formulas in one piece."""
    return re.sub(r"<sub>(\d)</sub>", r"\1", html)


def test_the_crawl_finds_what_is_not_translated() -> None:
    translated = f"<p>{pseudo('All places')} <b>FR-PAR</b></p>"
    assert untranslated(translated, {"FR-PAR"}) == []
    assert untranslated(translated + "<p>Forgotten</p>", {"FR-PAR"}) == ["Forgotten"]
    assert untranslated('<input placeholder="Any spelling">', set()) == ["Any spelling"]
    assert untranslated(f"<p>{pseudo('See')} tail</p>", set()) == [f"{pseudo('See')} tail"]


def test_a_message_grows_by_two_fifths() -> None:
    assert len(pseudo("All the places")) >= 1.4 * len("All the places")
