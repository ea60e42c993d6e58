"""In which language the text of a framework stands on a page, whose translation it is, how far it goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from localaction.engine.packs.frameworks import Framework
from localaction.engine.packs.translations import Progress, Said, Translation, nearest, progress
from localaction.platform.web.said import language_name, page_language, same_language


@dataclass(frozen=True)
class Speech:
    """What a page says of the language of a framework; ``tone`` is that of a notice."""

    tone: str
    title: str
    text: str


def published(text: str, framework: Framework) -> str:
    """Return a text that is never translated as one in the language of its publisher."""
    return Said(text, framework.language, "original") if text else text


def speech(framework: Framework) -> Speech | None:
    """Return what is said of the language of a framework; nothing where the page is in the publisher's own.

    ``framework`` is the edition in the words of its publisher.
    """
    language = page_language()
    if same_language(language, framework.language):
        return None
    own = language_name(framework.language)
    held = nearest(language, framework.translations)
    if not held.entries:
        text = _("This framework has no text in %(language)s yet; it is shown in %(own)s.")
        return Speech("quiet", "", text % {"language": language_name(language), "own": own})
    found = progress(framework, language)
    return Speech("quiet" if found.complete else "ask", _title(held), " ".join(_sentences(held, found, own)))


def _title(held: Translation) -> str:
    titles: Mapping[str, str] = {
        "ours": _("Our translation."),
        "reviewed": _("Reviewed by the publisher."),
        "publisher": _("The publisher's own text."),
    }
    return titles[held.standing]


def _sentences(held: Translation, found: Progress, own: str) -> list[str]:
    said = [_("By %(name)s.") % {"name": held.by}]
    if held.standing == "ours":
        said.append(_("The publisher has not reviewed it."))
    if found.stale:
        text = ngettext(
            "%(count)d text changed since it was translated and is shown in %(own)s.",
            "%(count)d texts changed since they were translated and are shown in %(own)s.",
            found.stale,
        )
        said.append(text % {"count": found.stale, "own": own})
    if found.missing:
        text = ngettext(
            "%(count)d text is not translated yet and is shown in %(own)s.",
            "%(count)d texts are not translated yet and are shown in %(own)s.",
            found.missing,
        )
        said.append(text % {"count": found.missing, "own": own})
    return said
