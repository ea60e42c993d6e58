"""``localaction inventory trend``: how totals changed between two files of rows, with an interval."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence

from localaction.engine.cli.files import opened, output
from localaction.engine.cli.shared import library_with, place_chain
from localaction.engine.cli.tables import aligned, tonnes
from localaction.engine.inventory.compile import Options, Result, compile_inventory
from localaction.engine.inventory.lines import encode
from localaction.engine.inventory.options import DEFAULT_GWP_SET
from localaction.engine.inventory.rows import read_blocks
from localaction.engine.inventory.trend import METHOD, NoTrend, Trend, trend
from localaction.engine.packs import Library
from localaction.engine.periods import Period

Found = Mapping[str, Trend | NoTrend]


def add_trend(parser: argparse.ArgumentParser) -> None:
    """Set up the words of the command."""
    parser.description = "Compute both and show the change of every total with its interval of 95 %%."
    parser.add_argument("earlier", metavar="EARLIER.csv", help="rows of the earlier inventory")
    parser.add_argument("later", metavar="LATER.csv", help="rows of the later inventory")
    parser.add_argument("--gwp", default=DEFAULT_GWP_SET, metavar="SET", help="warming potentials of both")
    parser.add_argument("--place", metavar="CODE", help="place, such as GB-LON or GB")
    parser.add_argument(
        "--periods", nargs=2, metavar=("EARLIER", "LATER"), help="periods of the two, if rows do not say"
    )
    parser.add_argument("--factors", metavar="OWN.csv", help="the city's own emission factors")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument("--output", metavar="FILE", help="write there instead of printing")
    parser.set_defaults(run=_trend)


def _trend(arguments: argparse.Namespace) -> None:
    library = library_with(arguments.factors)
    periods = arguments.periods or (None, None)
    results = [
        _computed(path, period, arguments, library)
        for path, period in zip((arguments.earlier, arguments.later), periods, strict=True)
    ]
    found = trends(results, library)
    with output(arguments.output) as stream:
        if arguments.format == "json":
            data = {
                name: one.to_dict() if isinstance(one, Trend) else {"total": name, "why": one.message}
                for name, one in found.items()
            }
            stream.write(encode({"periods": [str(result.period) for result in results], "trends": data}))
            stream.write("\n")
            return
        for line in _lines(results, found):
            stream.write(line.rstrip() + "\n")


def trends(results: Sequence[Result], library: Library) -> Found:
    """Return the trend of every total between two results, or why there is none."""
    found: dict[str, Trend | NoTrend] = {}
    earlier, later = (result.to_dict() for result in results)
    for total in library.protocol.totals:
        try:
            found[total.id] = trend(earlier, later, total.id, library.protocol)
        except NoTrend as error:
            found[total.id] = error
    return found


def _computed(path: str, period: str | None, arguments: argparse.Namespace, library: Library) -> Result:
    options = Options(
        place=arguments.place,
        place_chain=place_chain(arguments.place),
        period=Period.parse(period) if period else None,
        gwp_set=arguments.gwp,
        keep_lines=False,
    )
    with opened(path) as rows:
        return compile_inventory(read_blocks(rows), options, library)


def _lines(results: Sequence[Result], found: Found) -> Iterator[str]:
    yield f"From {results[0].period} to {results[1].period}; warming potentials {results[0].gwp_set['label']}"
    yield ""
    rows = [("total", "earlier", "later", "t CO2e", "change")]
    rows += [
        (name, tonnes(one.earlier_t), tonnes(one.later_t), tonnes(one.later_t - one.earlier_t), words(one))
        for name, one in found.items()
        if isinstance(one, Trend)
    ]
    yield from aligned(rows, "<>>><")
    for name, one in found.items():
        if isinstance(one, NoTrend):
            yield f"{name}: {one.message} {one.remedy}"
    yield ""
    yield METHOD


def words(one: Trend) -> str:
    """Return a change in words: ``-12 % (between -18 and -5)``, and what it leaves open."""
    text = f"{one.change_percent:+.1f} % (between {one.low_percent:+.1f} and {one.high_percent:+.1f})"
    if one.spans_zero:
        text += "; whether it changed at all is not sure"
    if one.partial:
        text += f"; partial: no warming potential for {', '.join(one.partial)}"
    return text
