"""Copy the typefaces from ``node_modules`` to the folder the site serves them from.

``make install`` calls ``python -m localaction.platform.web.assets`` after fetching the packages.
Only the files the pages use are copied, with their licences and a style sheet that declares them;
where a package is missing the site shows the system's typefaces and this says so.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

SCOPE = "@fontsource-variable"
FACE = re.compile(r"/\* (?P<name>[\w-]+) \*/\s*@font-face \{(?P<body>.*?)\}", re.DOTALL)
SOURCE = re.compile(r"src: url\([^)]*\) format\([^)]*\);")
RANGE = re.compile(r"unicode-range: ([^;]+);")


class Typeface(NamedTuple):
    """One file of a package; ``first`` is the lowest character taken from it.

    A ``late`` one is heavy: it is fetched after a page stands, and the system's face is shown until then.
    """

    package: str
    name: str
    first: int = 0
    late: bool = False


#: What the pages use. Arabic starts at its own block: shared punctuation comes from the Latin files.
TYPEFACES = (
    Typeface("source-sans-3", "source-sans-3-latin-wght-normal"),
    Typeface("source-sans-3", "source-sans-3-latin-ext-wght-normal"),
    Typeface("source-serif-4", "source-serif-4-latin-wght-normal"),
    Typeface("source-serif-4", "source-serif-4-latin-ext-wght-normal"),
    Typeface("noto-sans-arabic", "noto-sans-arabic-arabic-wght-normal", first=0x0600, late=True),
)


class MissingTypefaces(Exception):
    """A package of typefaces is not in ``node_modules``."""


def characters(ranges: str, first: int) -> str:
    """Return the character ranges from ``first`` to the end of the Arabic forms; all if it is 0."""
    kept = [text for text in ranges.split(",") if not first or _is_arabic(text, first)]
    return ", ".join(text.strip() for text in kept)


def _is_arabic(text: str, first: int) -> bool:
    start = int(text.strip().removeprefix("U+").split("-")[0], 16)
    return start >= first and not 0x2000 <= start < 0xFB50 and start < 0x10000


def declaration(folder: Path, face: Typeface) -> str:
    """Return the ``@font-face`` rule of one file, taken from the package's own style sheet."""
    sheet = folder / "index.css"
    found = {match["name"]: match["body"] for match in FACE.finditer(sheet.read_text(encoding="utf-8"))}
    if face.name not in found:
        raise MissingTypefaces(f"{sheet} declares no {face.name}")
    body = SOURCE.sub(f'src: url("{face.name}.woff2") format("woff2");', found[face.name])
    body = RANGE.sub(lambda match: f"unicode-range: {characters(match[1], face.first)};", body)
    return "@font-face {" + body + "}\n"


def copy_typefaces(node_modules: Path, target: Path) -> list[Path]:
    """Copy the typefaces into ``target`` and write ``fonts.css`` and ``late.css`` beside them.

    Parameters
    ----------
    node_modules : Path
        Where npm installed the packages.
    target : Path
        Folder that is served as ``web/fonts``; made where it is missing.

    Returns
    -------
    list of Path
        The files written, the style sheets last.

    Raises
    ------
    MissingTypefaces
        If a package or one of its files is not there; nothing is written then.
    """
    rules: dict[str, list[str]] = {"fonts.css": [], "late.css": []}
    copies = []
    for face in TYPEFACES:
        folder = node_modules / SCOPE / face.package
        file = folder / "files" / f"{face.name}.woff2"
        if not file.is_file():
            raise MissingTypefaces(f"{file} is not there")
        rules["late.css" if face.late else "fonts.css"].append(declaration(folder, face))
        copies += [(file, f"{face.name}.woff2"), (folder / "LICENSE", f"{face.package}.LICENSE.txt")]
    target.mkdir(parents=True, exist_ok=True)
    for source, name in copies:
        shutil.copyfile(source, target / name)
    for name, declared in rules.items():
        (target / name).write_text("".join(declared), encoding="utf-8")
    return [*dict.fromkeys(target / name for _source, name in copies), *(target / name for name in rules)]


def main() -> int:
    """Copy the typefaces for the data folder in use; return the exit status."""
    data = Path(os.environ.get("LOCALACTION_DATA_DIR", "var"))
    try:
        written = copy_typefaces(Path("node_modules"), data / "assets" / "web" / "fonts")
    except MissingTypefaces as error:
        sys.stderr.write(
            f"NOTE: the typefaces were not copied: {error}. The site will use the system's typefaces.\n"
            "      Run 'npm ci' (or remove .venv/.installed and run 'make install') to fetch them.\n"
        )
        return 1 if os.environ.get("CI") == "true" else 0
    sys.stdout.write(f"{len(written)} typeface files are in {written[-1].parent}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
