"""From a Vega-Lite specification to a picture in the page: clean SVG that follows the theme.

Colours in a specification are custom properties (``var(--sector-transport)``), so one picture serves
light and dark. What comes out of vl-convert is rebuilt with only what a browser draws: no style
attributes, no fonts of its own, words at ``x`` and ``y`` so that a right-to-left page can turn them back.
Pictures are kept in the data folder under the digest of their specification.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString, mark_safe

#: Raise it when the rebuilding below changes, so that kept pictures are made anew.
EDITION = 1
SVG = "http://www.w3.org/2000/svg"
KEPT = {
    "svg": ("viewBox",),
    "g": ("transform",),
    "path": ("d", "fill", "stroke", "stroke-width", "stroke-dasharray", "fill-opacity", "transform"),
    "line": ("x1", "y1", "x2", "y2", "stroke", "stroke-width", "stroke-dasharray", "transform"),
    "text": ("text-anchor", "fill", "font-weight", "font-size"),
}
TRANSLATE = re.compile(r"^translate\((-?[\d.]+),(-?[\d.]+)\)$")
LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
FORMULA = re.compile(r"(CO|CH|N)(2|4)(?=e|O|\b)")
TOKEN = re.compile(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{3,8}),")
PROPERTY = re.compile(r"var\(--([\w-]+)\)")


def picture(spec: Mapping[str, Any], *, says: str, css: str = "") -> SafeString:
    """Return the picture of a specification for a page.

    Parameters
    ----------
    spec : mapping
        A Vega-Lite specification; colours are custom properties.
    says : str
        What the picture shows, for people who hear it.
    css : str
        Class of the picture: ``wide`` or ``narrow``.
    """
    root = ET.fromstring(_kept_or_made(spec))  # noqa: S314 - our own file, made by vl-convert
    root.attrib = {"class": css, "viewBox": root.attrib["viewBox"], "role": "img", "aria-label": says}
    return mark_safe(_written(root))  # noqa: S308


def standalone(spec: Mapping[str, Any], *, title: str, source: str) -> str:
    """Return the picture as a file of its own: light colours filled in, title above, source below."""
    root = ET.fromstring(_kept_or_made(spec))  # noqa: S314 - our own file, made by vl-convert
    width, height = (float(part) for part in root.attrib["viewBox"].split()[2:])
    body = ET.Element("g", {"transform": "translate(16,56)"})
    body.extend(list(root))
    full = (width + 32, height + 96)
    size = {"width": f"{full[0]:g}", "height": f"{full[1]:g}"}
    file = ET.Element("svg", {"xmlns": SVG, "viewBox": f"0 0 {full[0]:g} {full[1]:g}", **size})
    file.attrib |= {"font-family": "Source Sans 3, Noto Sans, sans-serif", "font-size": "13", "role": "img"}
    ET.SubElement(file, "title").text = title
    ET.SubElement(file, "rect", {**size, "fill": "#fff"})
    heading = {"x": "16", "y": "30", "font-size": "17", "font-weight": "600", "fill": "var(--ink)"}
    ET.SubElement(file, "text", heading).text = title
    file.append(body)
    foot = {"x": "16", "y": f"{full[1] - 14:g}", "font-size": "11", "fill": "var(--ink-3)"}
    ET.SubElement(file, "text", foot).text = source
    for text in file.iter("text"):
        if not len(text):
            _set_low(text)
    colours = light_colours()
    return PROPERTY.sub(lambda match: colours[match[1]], _written(file))


def digest_of(spec: Mapping[str, Any]) -> str:
    """Return the digest that a specification's picture is kept under."""
    canonical = json.dumps([EDITION, spec], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@lru_cache(maxsize=1)
def light_colours() -> dict[str, str]:
    """Return the light value of every colour token, read from the style sheet itself."""
    sheet = finders.find("web/tokens.css")
    return dict(TOKEN.findall(Path(str(sheet)).read_text(encoding="utf-8")))


def _kept_or_made(spec: Mapping[str, Any]) -> str:
    folder = Path(settings.LOCALACTION_DATA_DIR) / "charts"
    file = folder / f"{digest_of(spec)}.svg"
    if file.is_file():
        return file.read_text(encoding="utf-8")
    made = _rebuilt(_converted(spec))
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", dir=folder, suffix=".partial", encoding="utf-8", delete=False
    ) as partial:
        partial.write(made)
    Path(partial.name).replace(
        file
    )  # two processes may draw the same picture at once: the last one wins, whole
    return made


def _converted(spec: Mapping[str, Any]) -> str:
    import vl_convert  # takes 50 MB: only the process that draws loads it

    return str(vl_convert.vegalite_to_svg(json.dumps(spec), vl_version="5.21"))


def _rebuilt(svg: str) -> str:
    """Return what vl-convert drew with only the elements and attributes a page needs."""
    root = _clean(ET.fromstring(svg))  # noqa: S314 - made by vl-convert a moment ago
    if root is None:
        raise ValueError("The chart is empty: its specification draws nothing.")
    return _written(root)


def _clean(element: ET.Element) -> ET.Element | None:
    name = element.tag.removeprefix(f"{{{SVG}}}")
    if name not in KEPT or element.get("opacity") == "0" or element.get("display") == "none":
        return None
    if name == "path" and element.get("class") in {"background", "foreground"}:
        return None
    kept = {key: element.attrib[key] for key in KEPT[name] if element.get(key) is not None}
    made = ET.Element(name, {key: _short(value) for key, value in kept.items() if value != "translate(0,0)"})
    if name == "text":
        _place(made, element)
    made.extend(child for child in map(_clean, element) if child is not None)
    if name == "g" and not len(made):
        return None
    if name == "g" and len(made) == 1 and not made.attrib:
        return made[0]
    return made


def _place(made: ET.Element, drawn: ET.Element) -> None:
    found = TRANSLATE.match(drawn.get("transform", ""))
    x, y = found.groups() if found else ("0", "0")
    made.attrib |= {"x": _short(x), "y": _short(y)}
    made.set("font-size", made.get("font-size", "13").removesuffix("px"))
    made.text = drawn.text
    _set_low(made)


def _set_low(text: ET.Element) -> None:
    """Set the digits of CO2, CH4 and N2O low with spans of their own."""
    words = text.text or ""
    text.text, at, raised = "", 0, False
    for match in FORMULA.finditer(words):
        _say(text, words[at : match.end(1)], raised)
        ET.SubElement(text, "tspan", {"dy": "3", "font-size": "10"}).text = match[2]
        at, raised = match.end(), True
    _say(text, words[at:], raised)


def _say(text: ET.Element, words: str, raised: bool) -> None:
    if raised and words:
        ET.SubElement(text, "tspan", {"dy": "-3"}).text = words
    elif words:
        text.text = (text.text or "") + words


def _short(value: str) -> str:
    return LONG_NUMBER.sub(lambda match: f"{float(match[0]):.2f}".rstrip("0").rstrip("."), value)


def _written(root: ET.Element) -> str:
    return ET.tostring(root, encoding="unicode").replace(' class=""', "")
