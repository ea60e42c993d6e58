"""A text of a pack on a page in another language: marked with its own, and as out of date where it is."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from localaction.engine.packs.translations import Said


def direction(code: str) -> str:
    """Return in which direction a language is written: ``rtl`` or ``ltr``."""
    try:
        return "rtl" if get_language_info(code)["bidi"] else "ltr"
    except KeyError:
        return "ltr"


def page_language() -> str:
    """Return the language of the page."""
    return get_language() or "en"


def language_name(code: str) -> str:
    """Return what a language is called in the language of the page; its code where that is not known."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def same_language(code: str, other: str) -> bool:
    """Say whether two codes are of one language: ``en`` and ``en-gb`` are."""
    return code.partition("-")[0] == other.partition("-")[0]


def marked(said: Said, html: SafeString) -> SafeString:
    """Return the markup of a text with the language it is in, if that is not the language of the page."""
    if same_language(said.language, page_language()):
        return html
    held = format_html('<span lang="{}" dir="{}">{}</span>', said.language, direction(said.language), html)
    if said.state != "stale":
        return held
    return format_html('{} <span class="badge badge-ask">{}</span>', held, _("translation out of date"))


def alike(text: str, said: str) -> str:
    """Return a text made from another one, in the language of that one."""
    return Said(text, said.language, said.state) if isinstance(said, Said) else text
