"""``localaction verify``: what holds is said, what does not has a message and a status of its own."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.support.release import document as inventory
from tests.support.signed import DOCUMENT, NOON, changed, files, key, public

from localaction.engine.cli.verify import main
from localaction.engine.exchange.documents import canonical_json
from localaction.engine.exchange.signed.bundle import bundled
from localaction.engine.exchange.signed.content import content_sha256
from localaction.engine.exchange.signed.keys import written_keys

GAS = {"ref": "I.1.1", "activity": "natural_gas", "amount": "5", "unit": "TJ"}


def texts(value: Any) -> Any:
    """Return data as it is frozen: decimals as text (no other numbers with a point occur)."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, dict):
        return {name: texts(item) for name, item in value.items()}
    return [texts(item) for item in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def published() -> dict[str, Any]:
    content = inventory("GB-LON", 2024, [GAS]).content
    frozen: dict[str, Any] = texts(dict(content) | {"schema": "localaction.publication/1"})
    return frozen


def test_a_document_as_it_was_signed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(files(tmp_path))]) == 0
    said = capsys.readouterr().out
    assert "not a byte was changed since it was signed" in said
    assert f"Ed25519, made by {key().id} over this document and the time 2026-11-20T12:00:00+00:00" in said
    assert "so this proves only that they belong together. Compare the fingerprint" in said
    assert said.endswith("The document is as it was signed.\n")


def test_keys_from_elsewhere_need_no_warning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = files(tmp_path)
    assert main([str(path), "--keys", str(tmp_path / "keys.json")]) == 0
    assert "came along" not in capsys.readouterr().out


def test_a_bundle_is_checked_as_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = files(tmp_path)
    parts = [path, tmp_path / "report.signature.json", tmp_path / "keys.json"]
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(bundled(*(part.read_bytes() for part in parts)))
    assert main([str(bundle), "--quiet"]) == 0
    assert capsys.readouterr().out == ""


def refusal(path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str]:
    status = main([str(path), *more])
    said = capsys.readouterr()
    assert "The document is as it was signed" not in said.out
    return status, said.err


def test_a_changed_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = files(tmp_path)
    path.write_text(canonical_json(DOCUMENT | {"total_t": "12.4"}))
    status, said = refusal(path, capsys)
    assert status == 3
    assert "report.json is not the document that was signed: its SHA-256 is" in said
    assert "Do not rely on it" in said


def test_a_document_that_a_program_saved_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = files(tmp_path)
    path.write_text(json.dumps(DOCUMENT, indent=2))
    status, said = refusal(path, capsys)
    assert status == 3
    assert "says the same as the document that was signed, but its bytes were rewritten" in said


@pytest.mark.parametrize(
    "change",
    [
        {"signature": base64.b64encode(bytes(64)).decode()},
        {"signed_at": "2026-11-20T12:00:01+00:00"},  # the time is signed too
    ],
    ids=["signature", "time"],
)
def test_a_changed_signature(tmp_path: Path, capsys: pytest.CaptureFixture[str], change: Any) -> None:
    path = files(tmp_path)
    changed(tmp_path / "report.signature.json", **change)
    status, said = refusal(path, capsys)
    assert status == 4
    assert f"The signature was not made by the key {key().id} over this document" in said


def test_another_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = files(tmp_path, keys=[public(key(2))])
    status, said = refusal(path, capsys)
    assert status == 5
    assert f"The key {key().id} that signed is not in keys.json, which knows {key(2).id}." in said


def test_a_key_that_was_retired_before(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = files(tmp_path, keys=[public(key(), retired_at=NOON.replace(hour=11), reason="Yearly.")])
    status, said = refusal(path, capsys)
    assert status == 6
    assert (
        "was in use from 2026-11-19T12:00:00+00:00 to 2026-11-20T11:00:00+00:00, and the signature says"
        in said
    )


def test_what_a_key_signed_before_it_was_retired_stays_valid(tmp_path: Path) -> None:
    keys = [public(key(2)), public(key(), retired_at=NOON, reason="Yearly.")]
    assert main([str(files(tmp_path, keys=keys)), "--quiet"]) == 0


def test_a_withdrawn_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    later = NOON.replace(day=25)
    lost = public(key(), retired_at=later, withdrawn_at=later, reason="A copy was found elsewhere.")
    status, said = refusal(files(tmp_path, keys=[lost]), capsys)
    assert status == 6
    assert "was withdrawn on 2026-11-25, so what it signed proves nothing any more" in said
    assert "A copy was found elsewhere." in said


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("report.json", "{", "report.json cannot be read as a document (JSON): it is not JSON"),
        ("report.signature.json", "{}", "as a signature: it has not the schema localaction.signature/1"),
        ("keys.json", "[]", "as a list of public keys: it has not the schema localaction.keys/1"),
    ],
)
def test_a_broken_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str, why: str
) -> None:
    path = files(tmp_path)
    (tmp_path / name).write_text(content)
    status, said = refusal(path, capsys)
    assert status == 2
    assert why in said


def test_a_key_whose_id_is_another_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = files(tmp_path, keys=[public(key(2))])
    text = written_keys("example.org", [public(key(2))]).replace(key(2).id, key().id)
    (tmp_path / "keys.json").write_text(text)
    status, said = refusal(path, capsys)
    assert status == 2
    assert f"the key {key().id} has another id by its own bytes, {key(2).id}" in said


def test_a_document_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, said = refusal(tmp_path / "gone.json", capsys)
    assert status == 2
    assert "gone.json." in said
    assert "There is no file" in said
    assert "Name the bundle (ZIP) or the document (JSON)" in said


def test_a_missing_signature(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = files(tmp_path)
    (tmp_path / "report.signature.json").unlink()
    status, said = refusal(path, capsys)
    assert status == 2
    assert "There is no signature for report.json" in said
    assert "name the file with --signature" in said


def test_totals_are_computed_anew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], published: dict[str, Any]
) -> None:
    assert main([str(files(tmp_path, published))]) == 0
    said = capsys.readouterr().out
    assert "computed anew from its lines: 1 lines, " in said
    assert "this program has the very rule book the document was computed with" in said


def test_a_total_that_does_not_follow_from_the_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], published: dict[str, Any]
) -> None:
    wrong = json.loads(json.dumps(published))
    wrong["result"]["totals"]["BASIC"] |= {"co2e_t": "1.5", "low_t": "1", "high_t": "2"}
    status, said = refusal(files(tmp_path, wrong), capsys)
    assert status == 7
    assert "total BASIC: sum of its cells: the document says 1.5 t CO2e, recomputed" in said


def test_published_is_what_was_submitted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], published: dict[str, Any]
) -> None:
    named = published | {"submission": {"content_sha256": content_sha256(published)}}
    assert main([str(files(tmp_path, named))]) == 0
    assert "the same as was submitted" in capsys.readouterr().out
    named["submission"] = {"content_sha256": "0" * 64}
    status, said = refusal(files(tmp_path, named), capsys)
    assert status == 8
    assert "What was verified is not what was published." in said


def test_it_needs_neither_django_nor_network(tmp_path: Path) -> None:
    path = files(tmp_path)
    code = (
        "import sys; from localaction.__main__ import main; "
        "status = main(['verify', sys.argv[1], '--quiet']); "
        "sys.exit(status or int('django' in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode == 0
