"""Published city inventories: their cells add up to their totals.

Figures of the C40 dashboard (city inventories, version 30 May 2023): t CO2e or a notation key.
"""

from __future__ import annotations

import pytest
from tests.support.inventory import cell, co2e, compute, key

ACCRA_2015 = """
I.1.1 215458.52571; I.1.2 94035.378259; I.1.3 NE; I.2.1 21044.623956; I.2.2 49137.809882; I.2.3 NE
I.3.1 43929.964582; I.3.2 198027.649685; I.3.3 NE; I.4.1 NO; I.4.2 NO; I.4.3 NE; I.4.4 NO; I.5.1 NO
I.5.2 IE; I.5.3 NE; I.6.1 NO; I.6.2 NO; I.6.3 NE; I.7.1 NO; I.8.1 NO; II.1.1 700465.481227; II.1.2 NO
II.1.3 NE; II.2.1 IE; II.2.2 NO; II.2.3 NE; II.3.1 8361.12456; II.3.2 NO; II.3.3 NE; II.4.1 NO
II.4.2 NO; II.4.3 369672.9393; II.5.1 IE; II.5.2 NO; II.5.3 NE; III.1.1 232953; III.1.2 405389
III.1.3 NO; III.2.1 NO; III.2.2 9703; III.2.3 NO; III.3.1 66478; III.3.2 NO; III.3.3 NO; III.4.1 339257
III.4.2 NO; III.4.3 NO; IV.1 NE; IV.2 NE; V.1 NE; V.2 NE; V.3 NE; VI.1 NE
"""
AMSTERDAM_2020 = """
I.1.1 691675.061404; I.1.2 295728.611839; I.1.3 NE; I.2.1 409640.527691; I.2.2 918739.717966; I.2.3 NE
I.3.1 352062.491519; I.3.2 149751.791731; I.3.3 NE; I.4.1 452977.759465; I.4.2 IE; I.4.3 NE
I.4.4 86070.3951; I.5.1 5686.665826; I.5.2 3649.981737; I.5.3 NE; I.6.1 NO; I.6.2 NO; I.6.3 NE; I.7.1 NO
I.8.1 9460.579292; II.1.1 618197.376025; II.1.2 IE; II.1.3 NE; II.2.1 72.884652; II.2.2 IE; II.2.3 NE
II.3.1 26040.688306; II.3.2 IE; II.3.3 NE; II.4.1 NE; II.4.2 NO; II.4.3 NE; II.5.1 NO; II.5.2 NO
II.5.3 NE; III.1.1 NO; III.1.2 NO; III.1.3 NE; III.2.1 NO; III.2.2 NO; III.2.3 NE; III.3.1 IE
III.3.2 NE; III.3.3 NE; III.4.1 18666.49292; III.4.2 NO; III.4.3 NE; IV.1 1923.965752; IV.2 755.992684
V.1 14631.165826; V.2 19040.691441; V.3 2869.669305; VI.1 NE
"""
ATHENS_2019 = """
I.1.1 162662.717173; I.1.2 709768.016558; I.1.3 78014.058936; I.2.1 99375.405547; I.2.2 938634.56119
I.2.3 103169.895329; I.3.1 7432.235547; I.3.2 35484.182042; I.3.3 3900.23924; I.4.1 NO; I.4.2 NO
I.4.3 NO; I.4.4 NO; I.5.1 NO; I.5.2 13.849181; I.5.3 1.522231; I.6.1 NO; I.6.2 NO; I.6.3 NO; I.7.1 NO
I.8.1 7485.783902; II.1.1 437319.39856; II.1.2 10398.43254; II.1.3 354039.387851; II.2.1 34.340522
II.2.2 26913.790384; II.2.3 13807.155147; II.3.1 NO; II.3.2 NO; II.3.3 NO; II.4.1 NO; II.4.2 NO
II.4.3 52722.996795; II.5.1 NO; II.5.2 NO; II.5.3 NO; III.1.1 NO; III.1.2 306198.27272; III.1.3 NO
III.2.1 NO; III.2.2 521.91793; III.2.3 NO; III.3.1 NO; III.3.2 531.089065; III.3.3 NO; III.4.1 NO
III.4.2 16664.747511; III.4.3 NO; IV.1 NO; IV.2 0; V.1 1.994879; V.2 NO; V.3 0.18106; VI.1 NE
"""
HOUSTON_2020 = """
I.1.1 704399.779092; I.1.2 3631691.807048; I.1.3 NE; I.2.1 381356.098707; I.2.2 7271706.694001; I.2.3 NE
I.3.1 1059857.521608; I.3.2 IE; I.3.3 NE; I.4.1 IE; I.4.2 IE; I.4.3 NE; I.4.4 1064885.61; I.5.1 IE
I.5.2 IE; I.5.3 NE; I.6.1 NO; I.6.2 NO; I.6.3 NE; I.7.1 NO; I.8.1 30698; II.1.1 16167952.79685
II.1.2 IE; II.1.3 NE; II.2.1 89890.909762; II.2.2 IE; II.2.3 NE; II.3.1 NO; II.3.2 NO; II.3.3 NE
II.4.1 559.488462; II.4.2 NO; II.4.3 NE; II.5.1 NO; II.5.2 NO; II.5.3 NE; III.1.1 80014; III.1.2 392665
III.1.3 319983; III.2.1 NO; III.2.2 16167; III.2.3 NO; III.3.1 NO; III.3.2 NO; III.3.3 NO
III.4.1 223654; III.4.2 NO; III.4.3 NO; IV.1 NE; IV.2 NE; V.1 NE; V.2 NE; V.3 NE; VI.1 NE
"""

# Cells; t CO2e of BASIC, BASIC+ and territorial as printed, to three decimals.
PUBLISHED = [
    pytest.param(ACCRA_2015, 2384240.558, 2753913.497, 1627947.720, id="Accra 2015"),
    pytest.param(AMSTERDAM_2020, 3952350.630, 3991572.115, 2709772.407, id="Amsterdam 2020"),
    pytest.param(ATHENS_2019, 2759438.740, 3365096.172, 714312.057, id="Athens 2019"),
]


def pairs(text):
    return [item.split() for item in text.replace("\n", "; ").split("; ") if item]


def rows(text):
    return [
        key(ref, content, reason="As published") if content.isalpha() else co2e(ref, content)
        for ref, content in pairs(text)
    ]


@pytest.mark.parametrize(("text", "basic", "basic_plus", "territorial"), PUBLISHED)
def test_cells_add_up_to_the_published_totals(text, basic, basic_plus, territorial):
    totals = compute(*rows(text))["totals"]
    half_of_last_digit = 0.0005 + 1e-6
    assert totals["BASIC"]["co2e_t"] == pytest.approx(basic, abs=half_of_last_digit)
    assert totals["BASIC+"]["co2e_t"] == pytest.approx(basic_plus, abs=half_of_last_digit)
    assert totals["territorial"]["co2e_t"] == pytest.approx(territorial, abs=half_of_last_digit)


@pytest.mark.parametrize(("text", "basic", "basic_plus", "territorial"), PUBLISHED)
def test_every_cell_keeps_its_figure_or_its_key(text, basic, basic_plus, territorial):
    result = compute(*rows(text))
    contents = dict(pairs(text))
    assert [found["ref"] for found in result["cells"]] == list(contents)
    for ref, content in contents.items():
        found = cell(result, ref)
        if content.isalpha():
            assert (found["state"], found["notation_key"], found["co2e_t"]) == ("key", content, None)
        else:
            assert (found["state"], found["co2e_t"]) == ("value", pytest.approx(float(content), rel=1e-12))


def test_a_stated_total_does_not_change_the_sum_of_the_cells():
    """Houston 2020 states BASIC 39 841 930 t, but its numeric cells sum to 30 050 613 t: ours is the sum."""
    stated, sum_of_cells = 39_841_930, 30_050_613
    basic = compute(*rows(HOUSTON_2020))["totals"]["BASIC"]["co2e_t"]
    assert basic == pytest.approx(sum_of_cells, abs=0.5)  # printed in whole tonnes
    assert basic != pytest.approx(stated, rel=0.2)
