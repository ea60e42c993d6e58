"""``localaction pack``: list, show, check, score, compare, document, begin and translate frameworks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from localaction.engine.cli.answering import answered, written
from localaction.engine.cli.editiontext import difference, fates
from localaction.engine.cli.packscore import scored
from localaction.engine.cli.packtext import framework_page, item_lines, listing
from localaction.engine.cli.plausibletext import plausible_page
from localaction.engine.errors import InputError
from localaction.engine.evaluation.selfcheck import deviations
from localaction.engine.packs.editions import folder_of, framework_of, frameworks, read_folder
from localaction.engine.packs.frameworks import Framework
from localaction.engine.packs.itemsearch import found_items
from localaction.engine.packs.library import Library
from localaction.engine.packs.refreshing import refreshed
from localaction.engine.packs.starter import begin
from localaction.engine.packs.successor import begin_edition
from localaction.engine.packs.translations import progress


class NoItem(InputError):
    """No data item is described by the words given."""

    code = "packs.no_item"
    text = 'No data item has the words "{words}".'
    remedy_text = "Try one word, or write the item yourself into items.yaml beside pack.yaml."


class CasesFail(InputError):
    """A worked case of a framework does not come out."""

    code = "packs.cases_fail"
    text = "{count} of the worked cases do not come out."
    remedy_text = "Correct the formula, the scores or the case; the lines above say which."


def main(argv: Sequence[str]) -> int:
    """Run ``localaction pack`` with the given words; return 0 when done, 2 when refused."""
    return answered(_parser(), argv)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="localaction pack", description="Frameworks as data, without server or database."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    every = commands.add_parser("list", help="list the frameworks")
    every.set_defaults(run=written(lambda _arguments: listing(frameworks())))
    show = commands.add_parser("show", help="show every indicator with formula, unit, scores and source")
    show.add_argument("framework", metavar="ID[/EDITION] or FOLDER")
    show.set_defaults(run=written(_page))
    docs = commands.add_parser("docs", help="write a framework as a page of documentation")
    docs.add_argument("framework", metavar="ID[/EDITION] or FOLDER")
    docs.set_defaults(run=written(_page))
    check = commands.add_parser("check", help="check a framework and its worked cases, or all")
    check.add_argument("framework", metavar="ID[/EDITION] or FOLDER", nargs="?")
    check.set_defaults(run=written(_check))
    score = commands.add_parser("score", help="evaluate answers from a JSON file")
    score.add_argument("framework", metavar="ID[/EDITION] or FOLDER")
    score.add_argument(
        "--answers", metavar="FILE.json", required=True, help="by data item; - is standard input"
    )
    score.add_argument("--as-of", metavar="DAY", required=True, help="the day for which is decided")
    score.add_argument(
        "--earlier", metavar="FILE.json", help='answers of earlier years, {"2023": {...}}, to compare with'
    )
    score.add_argument(
        "--verified", metavar="INDICATOR", nargs="+", default=[], help="confirmed by a verifier"
    )
    score.add_argument("--format", choices=("text", "json"), default="text")
    score.set_defaults(run=written(lambda words: scored(_named(words.framework), words)))
    diff = commands.add_parser("diff", help="what changed from one edition to another")
    diff.add_argument("old", metavar="ID/EDITION or FOLDER")
    diff.add_argument("new", metavar="ID/EDITION or FOLDER")
    diff.set_defaults(run=written(lambda words: difference(_named(words.old), _named(words.new))))
    plausible = commands.add_parser("plausible", help="beyond which limits a figure is asked about")
    plausible.set_defaults(run=written(lambda _words: plausible_page(Library.load().plausible).rstrip()))
    new = commands.add_parser("new", help="begin a framework in a folder of its own, with a worked case")
    new.add_argument("framework", metavar="ID/EDITION")
    new.add_argument("--into", metavar="FOLDER", required=True)
    new.add_argument(
        "--after", metavar="ID/EDITION or FOLDER", help="begin a new edition from this one, with a mapping"
    )
    new.set_defaults(run=written(_begin))
    items = commands.add_parser("items", help="find data items by words, to name in a formula")
    items.add_argument("words", metavar="WORD", nargs="*")
    items.set_defaults(run=written(_items))
    translate = commands.add_parser(
        "translate", help="write or refresh the translation of a framework and of what it asks"
    )
    translate.add_argument("framework", metavar="ID[/EDITION] or FOLDER")
    translate.add_argument("language", metavar="LANGUAGE", help="such as es, ar or zh-hans")
    translate.add_argument("--by", metavar="NAME", default="", help="who translates; needed for a new file")
    translate.set_defaults(run=written(_translate))
    for command in commands.choices.values():
        command.add_argument("--output", metavar="FILE", help="write there instead of printing")
    return parser


def _page(arguments: argparse.Namespace) -> str:
    return framework_page(_named(arguments.framework)).rstrip()


def _begin(arguments: argparse.Namespace) -> str:
    into, day = Path(arguments.into), datetime.now(tz=UTC).date()
    if not arguments.after:
        return begin(arguments.framework, into, day)
    older = _named(arguments.after)
    return begin_edition(arguments.framework, older, _folder(arguments.after), into, day)


def _items(arguments: argparse.Namespace) -> str:
    words = " ".join(arguments.words)
    found = found_items(Library.load().items, words)
    if not found:
        raise NoItem(words=words)
    return item_lines(found)


def _named(name: str) -> Framework:
    folder = Path(name)
    return read_folder(folder) if (folder / "pack.yaml").is_file() else framework_of(name)


def _folder(name: str) -> Path:
    folder = Path(name)
    return folder if (folder / "pack.yaml").is_file() else folder_of(name)


def _check(arguments: argparse.Namespace) -> str:
    chosen = [_named(arguments.framework)] if arguments.framework else list(frameworks().values())
    wrong = [line for framework in chosen for line in deviations(framework)]
    for line in wrong:
        print(line, file=sys.stderr)
    if wrong:
        raise CasesFail(count=len(wrong))
    return "\n".join(line for framework in chosen for line in _checked(framework))


def _checked(framework: Framework) -> Iterator[str]:
    yield f"{framework.key}: {len(framework.indicators)} indicators, {len(framework.cases)} cases come out"
    for language in framework.translations:
        found = progress(framework, language)
        states = "complete" if found.complete else f"{found.missing} missing, {found.stale} stale"
        yield f"  {language}: {found.translated} texts translated, {states}"
    for edition, mapping in framework.mappings.items():
        yield f"  since {edition}: {fates(mapping)}"


def _translate(arguments: argparse.Namespace) -> str:
    day = datetime.now(tz=UTC).date().isoformat()
    return refreshed(_folder(arguments.framework), arguments.language, arguments.by, day)
