"""Addresses of what a place answers to frameworks in a year."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from localaction.engine.packs.frameworks import Framework


@dataclass(frozen=True)
class Filling:
    """Where the pages of one place and year are."""

    code: str
    year: int

    def _at(self, name: str, framework: Framework | None = None, **more: object) -> str:
        named = {"framework": framework.id, "edition": framework.edition} if framework else {}
        return reverse(f"desk:{name}", kwargs={"code": self.code, "year": self.year, **named, **more})

    def crumbs(self, place: str) -> list[tuple[str, str]]:
        """The way to the pages of a place, given its name."""
        return [(_("Desk"), reverse("desk:home")), (place, reverse("web:place", args=[self.code]))]

    @property
    def gaps(self) -> str:
        """What is answered and what is open, framework by framework."""
        return self._at("gaps")

    def form(self, framework: Framework, section: str = "", item: str = "") -> str:
        """A section of the form of a framework, at a question."""
        query = f"?{urlencode({'section': section})}" if section else ""
        return f"{self._at('form', framework)}{query}{f'#q-{item}' if item else ''}"

    def answer(self, framework: Framework, item: str) -> str:
        """Saving one answer."""
        return self._at("answer", framework, item=item)

    def choose(self, framework: Framework) -> str:
        """Taking up a framework, or giving it up."""
        return self._at("choose", framework)

    def hand_in(self, framework: Framework) -> str:
        """Submitting or publishing the answers."""
        return self._at("hand-in", framework)

    def file(self, framework: Framework, suffix: str) -> str:
        """The answers and results as a file."""
        return self._at("answers-file", framework, suffix=suffix)
