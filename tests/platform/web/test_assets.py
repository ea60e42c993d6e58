"""Typefaces: copied where the site serves them, or said to be missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from localaction.platform.web import assets
from localaction.platform.web.templatetags import web as tags

SHEET = """/* {name} */
@font-face {{
  font-family: 'Some Face';
  src: url(./files/{name}.woff2) format('woff2-variations');
  unicode-range: U+0000-00FF,U+0600-06FF,U+200C-200E,U+FE70-FEFC,U+1EE00-1EE03;
}}
"""


@pytest.fixture
def node_modules(tmp_path: Path) -> Path:
    for face in assets.TYPEFACES:
        folder = tmp_path / "node_modules" / assets.SCOPE / face.package
        (folder / "files").mkdir(parents=True, exist_ok=True)
        (folder / "files" / f"{face.name}.woff2").write_bytes(b"woff2 of " + face.name.encode())
        (folder / "LICENSE").write_text("OFL", encoding="utf-8")
        with (folder / "index.css").open("a", encoding="utf-8") as sheet:
            sheet.write(SHEET.format(name=face.name))
    return tmp_path / "node_modules"


def test_files_licences_and_a_style_sheet_are_copied(node_modules: Path, tmp_path: Path) -> None:
    target = tmp_path / "fonts"
    written = assets.copy_typefaces(node_modules, target)
    sheet = "".join((target / name).read_text(encoding="utf-8") for name in ("fonts.css", "late.css"))
    named = re.findall(r'src: url\("([^"]+)"\) format\("woff2"\);', sheet)
    assert named == [f"{face.name}.woff2" for face in assets.TYPEFACES]
    assert all((target / name).is_file() for name in named)
    assert sum(path.name.endswith("LICENSE.txt") for path in written) == 3


def test_arabic_takes_only_its_own_characters(node_modules: Path, tmp_path: Path) -> None:
    assets.copy_typefaces(node_modules, tmp_path / "fonts")
    first, late = (
        re.findall(r"unicode-range: ([^;]+);", (tmp_path / "fonts" / name).read_text(encoding="utf-8"))
        for name in ("fonts.css", "late.css")
    )
    assert late == ["U+0600-06FF, U+FE70-FEFC"]
    assert first[0].startswith("U+0000-00FF, ")
    assert "U+0600-06FF, U+FE70-FEFC" not in first


def test_a_page_in_arabic_names_its_heavy_typeface_for_later_and_links_only_the_others(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tags, "has_typefaces", lambda: True)
    for language, expected in (("ar", True), ("en", False)):
        html = client.get("/methods/", headers={"accept-language": language}).content.decode()
        assert ('data-late="/static/web/fonts/late.css"' in html) is expected
        assert 'href="/static/web/fonts/late.css"' not in html
        assert 'rel="stylesheet" href="/static/web/fonts/fonts.css"' in html


def test_nothing_is_written_where_a_file_is_missing(node_modules: Path, tmp_path: Path) -> None:
    (
        node_modules / assets.SCOPE / "noto-sans-arabic" / "files" / f"{assets.TYPEFACES[-1].name}.woff2"
    ).unlink()
    with pytest.raises(assets.MissingTypefaces, match="noto-sans-arabic"):
        assets.copy_typefaces(node_modules, tmp_path / "fonts")
    assert not (tmp_path / "fonts").exists()


@pytest.mark.parametrize(("on_ci", "status"), [("", 0), ("true", 1)])
def test_missing_typefaces_are_said_loudly_and_fail_on_ci(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    on_ci: str,
    status: int,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CI", on_ci)
    assert assets.main() == status
    assert "will use the system's typefaces" in capsys.readouterr().err
