"""Findings about odd figures name items, ratios and rules in the language of their reader."""

from __future__ import annotations

import pytest

from localaction.engine.evaluation.plausibility import plausibility
from localaction.engine.packs import Library
from localaction.engine.packs.editions import item_translations, texts_of_items
from localaction.engine.packs.texts import fingerprint, plausible_texts
from localaction.engine.packs.translations import Entry, Translation, spoken_plausible

PLAUSIBLE = Library.load().plausible
RULE, RATIO = "waste.recycled_within_collected", "ratio.waste_per_person"


def spanish(texts):
    entries = {
        key: Entry(fingerprint(english), text)
        for key, text in texts.items()
        for english in [texts_of_items()[key]]
    }
    held = Translation("es", "A test", "ours", "2026-11-25", entries)
    return spoken_plausible(PLAUSIBLE, "es", {"es": held})


def test_a_finding_names_things_in_the_language_and_the_rest_in_the_original():
    spoken = spanish(
        {
            (RULE, "label"): "Se recicla más de lo que se recoge",
            (RULE, "fix"): "Compruebe ambas cantidades.",
            ("waste.recycled", "label"): "Residuos reciclados",
            (RATIO, "label"): "Residuos por habitante",
        }
    )
    answers = {"waste.recycled": 9, "waste.collected": 8, "population.total": 100_000}
    found = {one.params["check"]: one.line() for one in plausibility(spoken, answers, year=2024)}
    assert "Se recicla más de lo que se recoge (" in found[f"{RULE}:cross"]
    assert "Residuos reciclados: 9 t" in found[f"{RULE}:cross"]
    assert "Municipal solid waste collected in the year: 8 t" in found[f"{RULE}:cross"]
    assert "Compruebe ambas cantidades. Correct one" in found[f"{RULE}:cross"]
    assert "Residuos por habitante: 0.00008 t/person." in found[f"{RATIO}:range"]
    assert spoken.subjects[RATIO].low == PLAUSIBLE.subjects[RATIO].low


def test_every_text_of_ratios_and_rules_can_be_translated_once():
    found = plausible_texts(PLAUSIBLE)
    ratios = [name for name in PLAUSIBLE.subjects if name not in PLAUSIBLE.labels]
    assert len(found) == len(ratios) + 2 * len(PLAUSIBLE.rules)
    assert found.items() <= texts_of_items().items()


@pytest.mark.parametrize("language", list(item_translations()))
def test_what_ships_in_another_language_says_its_ratios_and_rules_in_it(language):
    found = {key for key in item_translations()[language].entries if key in plausible_texts(PLAUSIBLE)}
    assert found
    spoken = spoken_plausible(PLAUSIBLE, language, item_translations())
    for name, field in found:
        held = spoken.rules.get(name) or spoken.subjects[name]
        assert getattr(held, field).state == "translated", (name, field)
