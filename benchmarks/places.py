"""Finding places: the search beside a bare look-up in the same database, and what loading the world costs.

Run with ``DATABASE_URL`` for PostgreSQL, without it for SQLite. Each uses a database of its own, made and
dropped here; the figures of the other one in ``results.md`` stay.
"""

from __future__ import annotations

import os
import re
import resource
import statistics
import tempfile
import time
from collections.abc import Callable

from benchmarks import results

ROUNDS = 9
KINDS = {
    "exact name": ["Amsterdam", "São Paulo", "Nairobi", "Buenos Aires", "Lagos"],
    "misspelt": ["Johanesburg", "Barcelna", "Nairobbi", "Mumbay", "San Fransisco"],
    "other script": ["Москва", "القاهره", "北京", "서울", "दिल्ली"],
    "with its country": ["Accra Ghana", "Paris, Texas", "lagos portugal", "Birmingham Alabama"],
    "beginning of a name": ["san", "bar", "new", "a", "santa"],
    "code": ["NL-AMS", "FR-G2996944"],
    "nothing like it": ["qzxwv", "nowhere at all"],
}


def prepare() -> None:
    """Make a database of its own."""
    os.environ.setdefault("DATABASE_URL", "")
    os.environ.update(
        LOCALACTION_DATA_DIR=tempfile.mkdtemp(prefix="localaction-bench-"),
        DJANGO_SETTINGS_MODULE="localaction.platform.config.settings",
    )
    import django

    django.setup()
    from django.db import connection

    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)


def seconds(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def memory_mb() -> float:
    """Return the most memory this process has held, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report() -> list[str]:
    """Return the figures as lines of a table."""
    from django.db import connection

    from localaction.platform.accounts.rights import OPERATOR
    from localaction.platform.places import geography
    from localaction.platform.places.models import Place
    from localaction.platform.places.search import search
    from localaction.platform.places.worldnames import world_names

    loading = seconds(lambda: geography.load(actor=OPERATOR))
    again = seconds(lambda: geography.load(actor=OPERATOR))
    building = seconds(world_names)
    names = world_names()
    lines = [
        f"### {connection.vendor}",
        "",
        f"{Place.objects.count():,} places loaded in {loading:.1f} s, again in {1000 * again:.1f} ms;",
        f"{len(names.index.owners):,} names indexed in {building:.1f} s, {names.nbytes / 1e6:.1f} MB;",
        f"peak memory of the process {memory_mb():.0f} MB;",
        f"load of the machine {os.getloadavg()[0]:.1f} at the end.",
        "",
        "| text | search, ms | slowest, ms | bare look-up, ms | search / bare |",
        "|---|---|---|---|---|",
    ]

    def bare() -> object:
        return list(Place.objects.select_related("geonames").filter(code="NL-AMS"))

    for kind, texts in KINDS.items():
        found: list[float] = []
        beside: list[float] = []
        for text in texts:
            search(text)
            for _ in range(ROUNDS):
                found.append(1000 * seconds(lambda text=text: search(text)))  # type: ignore[misc]
                beside.append(1000 * seconds(bare))
        middle, base = statistics.median(found), statistics.median(beside)
        lines.append(f"| {kind} | {middle:.1f} | {max(found):.1f} | {base:.2f} | {middle / base:.1f} |")
    return lines


def main() -> None:
    """Measure and print; keep the figures of the other database."""
    prepare()
    from django.db import connection

    try:
        mine = report()
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    print("\n".join(mine))
    results.record("places", ["## Finding places", *_others(connection.vendor), "", *mine])


def _others(vendor: str) -> list[str]:
    """Return what stands in the results about the other database."""
    text = results.PAGE.read_text(encoding="utf-8")
    held = re.search(r"<!-- places: begin -->\n(.*?)<!-- places: end -->", text, flags=re.DOTALL)
    parts = re.split(r"(?=^### )", held[1], flags=re.MULTILINE)[1:] if held else []
    return [line for part in parts if not part.startswith(f"### {vendor}") for line in ["", part.strip()]]


if __name__ == "__main__":
    main()
