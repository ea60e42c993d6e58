"""A language made for tests: every message is bracketed and 40 % longer; what is not translated shows.

Inside ``with pseudo_locale():`` the code ``en-xa`` is a language like any other, without any files.
"""

from __future__ import annotations

import gettext as gettext_module
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from unittest import mock

from django.conf import settings
from django.test import override_settings
from django.utils.translation import trans_real
from django.utils.translation.trans_real import CONTEXT_SEPARATOR

CODE = "en-xa"
OPEN, CLOSE, FILL = "⟦", "⟧", "·"
GROWTH = 0.4
UNSEEN = {"script", "style", "svg", "title", "code", "head"}
VOID = {"meta", "link", "input", "br", "hr", "img", "col", "use", "path", "rect", "line", "circle"}
WORD = re.compile(r"[^\W\d_]{2,}")


def pseudo(message: str) -> str:
    """Return a message bracketed and lengthened; blanks at its ends stay outside."""
    core = message.strip()
    if not core:
        return message
    grown = OPEN + core + FILL * max(1, round(len(core) * GROWTH)) + CLOSE
    return message.replace(core, grown, 1)


class PseudoTranslation(gettext_module.NullTranslations):
    """A catalogue that knows every message."""

    def gettext(self, message: str) -> str:
        return pseudo(message.split(CONTEXT_SEPARATOR)[-1])

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def to_language(self) -> str:
        return CODE


@contextmanager
def pseudo_locale() -> Iterator[str]:
    """Make ``en-xa`` a language of the site, to be asked for with ``Accept-Language``."""
    exists = trans_real.translation_catalog_exists

    def known(code: str) -> bool:
        return code == CODE or bool(exists(code))

    with override_settings(LANGUAGES=[*settings.LANGUAGES, (CODE, "Pseudo")]):
        _forget()
        trans_real._translations[CODE] = PseudoTranslation()
        with mock.patch.object(trans_real, "translation_catalog_exists", known):
            yield CODE
    _forget()


def _forget() -> None:
    trans_real.get_languages.cache_clear()
    trans_real._get_supported_language_variant.cache_clear()


class _Texts(HTMLParser):
    """Collects the visible texts of a page with what they stand in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[tuple[str, bool]] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        elsewhere = values.get("lang") not in {None, CODE}
        if not elsewhere and not any(unseen for _tag, unseen in self.stack):
            self.found += [str(values[name]) for name in ("aria-label", "placeholder") if values.get(name)]
        if tag not in VOID:
            self.stack.append((tag, tag in UNSEEN or elsewhere))

    def handle_endtag(self, tag: str) -> None:
        if tag in {open_tag for open_tag, _unseen in self.stack}:
            while self.stack.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(unseen for _tag, unseen in self.stack):
            self.found.append(data.strip())


def untranslated(html: str, allowed: set[str]) -> list[str]:
    """Return the visible texts with a word in them that no catalogue saw and that are no data.

    ``allowed`` holds data as it may stand on the page: names, titles, references, units. Brackets can open
    in one text and close in a later one, since messages contain mark-up. What is marked as another language
    is left out.
    """
    parser = _Texts()
    parser.feed(html)
    missing, depth = [], 0
    for text in parser.found:
        bare = ""
        for character in text:
            depth += character == OPEN
            bare += character if depth == 0 else " "
            depth = max(0, depth - (character == CLOSE))
        for datum in sorted(allowed, key=len, reverse=True):
            bare = bare.replace(datum, " ")
        if WORD.search(bare):
            missing.append(text)
    return missing
