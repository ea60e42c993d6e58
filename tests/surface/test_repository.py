"""What must hold for the repository as a whole, whoever changes it."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "localaction"
TEXT_SUFFIXES = {
    ".py",
    ".md",
    ".yaml",
    ".yml",
    ".toml",
    ".html",
    ".css",
    ".js",
    ".json",
    ".lock",
    ".txt",
    ".csv",
    ".cfg",
    "",
}
LONGEST_FILE = 400
LONGEST_FUNCTION = 60


def tracked() -> list[Path]:
    """Return the files git tracks or would track."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return [path for line in listing.splitlines() if (path := ROOT / line).is_file()]


def texts() -> list[tuple[Path, str]]:
    return [
        (path, path.read_text(encoding="utf-8"))
        for path in tracked()
        if path.suffix in TEXT_SUFFIXES and path != Path(__file__).resolve()
    ]


def sources() -> list[Path]:
    return [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]


def where(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize(
    ("pattern", "remedy"),
    [
        (r"(?<![\w.])/(?:home|root|work|Users)/\w", "write paths relative to the repository"),
        (
            r"--(?:extra-)?index-url|pypi\.org/simple|files\.pythonhosted\.org|registry\.npmjs\.org",
            "name packages, not their index",
        ),
    ],
    ids=["paths of one machine", "package index addresses"],
)
def test_no_file_names(pattern: str, remedy: str) -> None:
    found = [where(path) for path, text in texts() if re.search(pattern, text)]
    assert found == [], remedy


def test_locked_dependencies_carry_hashes() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        pins = re.findall(r"^[\w.\[\]-]+==.*$", (ROOT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert pins, lock
        assert all(pin.endswith("\\") for pin in pins), f"{lock}: a pin without hashes; run make lock"


def test_files_and_functions_stay_small() -> None:
    long_files = [
        where(path) for path in sources() if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE
    ]
    long_functions = [
        f"{where(path)}:{node.lineno} {node.name}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long_files == []
    assert long_functions == []


@pytest.mark.parametrize(
    ("pattern", "instead"),
    [
        (r"\.distinct\(['\"]", "DISTINCT ON is PostgreSQL only: pick the first in Python or with a subquery"),
        (r"\bArrayField\b|contrib\.postgres", "PostgreSQL only: a table, or text"),
        (r"select_for_update", "SQLite ignores it: guard with a conditional update that must hit one row"),
        (r"__contains=\{|has_key", "JSON containment differs between the databases: a column"),
        (r"\bdb_collation\b", "collations differ between the databases: a folded column"),
    ],
    ids=["distinct on", "array field", "select for update", "json containment", "collation"],
)
def test_one_portable_code_path_for_both_databases(pattern: str, instead: str) -> None:
    found = [where(path) for path in sources() if re.search(pattern, path.read_text(encoding="utf-8"))]
    assert found == [], instead


def test_no_late_import_dodges_a_contract() -> None:
    """Nothing inside the engine or the platform is imported by a name made at run time.

    The one command finds its part so, and the registry the functions of every theme, which all lie below it.
    """
    found = [where(path) for path in sources() if "import_module(" in path.read_text(encoding="utf-8")]
    assert found == ["src/localaction/__main__.py", "src/localaction/engine/methods/registry.py"]


def test_templates_have_neither_inline_style_nor_inline_script() -> None:
    found = [
        where(path)
        for path in SOURCE.rglob("*.html")
        if re.search(
            r"\sstyle=|<style|\son\w+=\"|<script(?![^>]*(?:\ssrc=|application/json))|javascript:",
            path.read_text(encoding="utf-8"),
        )
    ]
    assert found == [], "the content-security policy refuses them"


def test_packs_hold_data_only() -> None:
    assert [where(path) for path in (SOURCE / "packs").rglob("*.py")] == ["src/localaction/packs/__init__.py"]


def test_engine_commands_never_import_django() -> None:
    code = (
        "import sys; from localaction.__main__ import main; main(['inventory', 'template']);"
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    subprocess.run([str(Path(__import__("sys").executable)), "-c", code], check=True, capture_output=True)
