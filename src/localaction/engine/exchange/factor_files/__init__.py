"""Published tables of emission factors, as users have them, to an own factor table with a report."""

from localaction.engine.exchange.factor_files.layouts import layouts
from localaction.engine.exchange.factor_files.problems import NotThisLayout
from localaction.engine.exchange.factor_files.reading import read_factor_bytes, read_factor_file

__all__ = ["NotThisLayout", "layouts", "read_factor_bytes", "read_factor_file"]
