"""Tags and filters of the pages: ``{% load web %}``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django import template
from django.contrib.staticfiles import finders
from django.forms import BoundField
from django.template.defaultfilters import date as date_filter
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi

from localaction.engine.packs.methods import Method
from localaction.engine.packs.translations import Said
from localaction.platform.web import numbers
from localaction.platform.web.calculator.pages import method_address
from localaction.platform.web.navigation import account_links, languages, main_links
from localaction.platform.web.said import direction, marked, page_language

if TYPE_CHECKING:
    from django.template.context import RequestContext

register = template.Library()

#: Chemical formulas with digits, CO2e among them; HFC-134a and the like stay as they are.
FORMULA = re.compile(r"\b(?:CO2|CH4|N2O|SF6|NF3|CF4|C[2-6]F[0-9]{1,2})(?=e?\b|_)")
DIGITS = re.compile(r"\d+")
LOW_DIGITS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
DATE_FORMATS = {"zh": "Y年n月j日"}
THEMES = frozenset({"light", "dark"})


@register.filter
def chem(value: object) -> SafeString:
    """Set the digits of chemical formulas low: ``t CO2e`` becomes t CO<sub>2</sub>e.

    A text of a pack that is in another language than the page is marked with its own.
    """
    escaped = str(conditional_escape(str(value) if not isinstance(value, SafeString) else value))
    low = mark_safe(FORMULA.sub(lambda found: DIGITS.sub(r"<sub>\g<0></sub>", found[0]), escaped))  # noqa: S308
    return marked(value, low) if isinstance(value, Said) else low


@register.filter
def chem_text(value: object) -> str:
    """Set the digits of chemical formulas low with characters, for attributes: ``t CO₂e``."""
    return FORMULA.sub(lambda found: found[0].translate(LOW_DIGITS), str(value))


@register.filter
def trim(value: str) -> SafeString:
    """Cut the blanks and line ends around a text that is escaped already."""
    return mark_safe(value.strip())  # noqa: S308 - only for the output of blocks


@register.filter
def num(value: float | None, digits: int = 0) -> str:
    """Write a number in the language's own way with the given decimals."""
    return "" if value is None else numbers.number(value, digits)


@register.filter
def readable(value: float | None, figures: int = 4) -> str:
    """Write a number with about four significant digits."""
    return "" if value is None else numbers.readable(value, figures)


@register.filter
def tonnes(value: float | None) -> str:
    """Write tonnes as tables do: whole, or three digits under ten."""
    return "" if value is None else numbers.tonnes(value)


@register.filter
def exact(value: float | str | None) -> str:
    """Write every digit, in plain notation, the same in every language."""
    return "" if value is None else numbers.exact(value)


@register.filter
def percent(value: float | None, digits: int = 0) -> str:
    """Write a share of one as per cent."""
    return "" if value is None else numbers.percent(value, digits)


@register.filter
def day(value: date | datetime | str | None) -> str:
    """Write a day as ``21 Nov 2026`` in the language in use."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    written = DATE_FORMATS.get((get_language() or "en").split("-")[0], "j M Y")
    return str(date_filter(value, written)) if value else ""


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """Draw an icon of the sprite; it is decoration, the word beside it speaks."""
    address = static("web/icons.svg")
    return format_html(
        '<svg class="ic {}" aria-hidden="true"><use href="{}#i-{}"/></svg>', extra, address, name
    )


@lru_cache(maxsize=1)
def has_typefaces() -> bool:
    """Say whether the typefaces were installed; asked once per process."""
    return finders.find("web/fonts/fonts.css") is not None


@register.simple_tag
def typefaces() -> SafeString:
    """Link the installed typefaces; nothing where there are none, the system's faces step in.

    A script written from right to left has a heavy face of its own: the page names it, and the site's script
    fetches it once everything else stands.
    """
    if not has_typefaces():
        return SafeString("")
    sheet = static("web/fonts/fonts.css")
    if not get_language_bidi():
        return format_html('<link rel="stylesheet" href="{}">', sheet)
    return format_html(
        '<link rel="stylesheet" href="{}" data-late="{}">', sheet, static("web/fonts/late.css")
    )


@register.simple_tag(takes_context=True)
def document_attributes(context: RequestContext) -> SafeString:
    """Write the attributes of ``<html>``: language, direction and the remembered theme."""
    code = page_language()
    request = context.get("request")
    theme = request.COOKIES.get("theme", "") if request else ""
    chosen = format_html(' data-theme="{}"', theme) if theme in THEMES else ""
    return format_html('lang="{}" dir="{}"{}', code, direction(code), chosen)


@register.inclusion_tag("web/parts/head.html", takes_context=True)
def site_head(context: RequestContext) -> dict[str, Any]:
    """Show the head of every page: name, main links, language, theme, sign-in or account."""
    request = context.get("request")
    return {
        "request": request,
        "user": getattr(request, "user", None),
        "csrf_token": context.get("csrf_token"),
        "links": main_links(request),
        "account_links": account_links(request),
        "languages": languages(),
    }


@register.simple_tag
def widget(field: BoundField, css: str = "in") -> SafeString:
    """Draw a form field's control with our class; Django adds the links to help and errors."""
    known = str(field.field.widget.attrs.get("class", ""))
    return field.as_widget(attrs={"class": f"{known} {css}".strip()})


@register.filter
def percent_of(value: float, whole: float) -> float:
    """Return ``value`` as a share of ``whole`` in per cent, between 0 and 100."""
    return min(100.0, max(0.0, 100 * value / whole)) if whole else 0.0


@register.filter
def at(items: Sequence[Any], index: int) -> Any:
    """Return the item at a position, or None past the end."""
    return items[index] if index < len(items) else None


@register.simple_tag
def method_url(method: Method, page: str = "web:method") -> str:
    """Return the address of a method's page, or of its calculator."""
    return method_address(method, page)
