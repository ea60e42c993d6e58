"""Steps that filled columns of what was published before them."""

from __future__ import annotations

from importlib import import_module

from localaction.engine.packs import Library
from localaction.platform.inventories.models import Inventory
from localaction.platform.inventories.queries import latest_run
from localaction.platform.publication.gaps import gaps_in


def test_gaps_counted_by_what_was_written_down_are_those_of_the_protocol(ready: Inventory) -> None:
    counted = import_module("localaction.platform.publication.migrations.0007_gaps").gaps_in
    run = latest_run(ready)
    assert run is not None
    assert counted(run.result) == gaps_in(run.result, "territorial", Library.load().protocol)
    assert len(counted(run.result)) > 10
