"""The page of releases: what there is, how it is checked, and nothing but their files."""

from __future__ import annotations

import hashlib

import pytest
from django.test import Client

from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.publication.release_files import folder_of
from localaction.platform.publication.releasing import publish_release
from tests.platform.web import make


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def test_without_a_release_it_says_how_one_is_built(client: Client, city: make.City) -> None:
    html = client.get("/data/").content.decode()
    assert "No release yet" in html
    assert "localaction release build --publish" in html


def test_the_newest_release_is_handed_out_file_by_file_and_whole(client: Client, city: make.City) -> None:
    release = publish_release(actor=OPERATOR, publisher="The network")
    html = client.get("/data/").content.decode()
    assert release.content_digest in html
    assert 'href="/data/1/local-action-release-1.zip"' in html
    response = client.get("/data/1/data/lines.csv")
    body = b"".join(response.streaming_content)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="lines.csv"'
    sums = b"".join(client.get("/data/1/SHA256SUMS").streaming_content).decode()
    assert f"{hashlib.sha256(body).hexdigest()}  data/lines.csv\n" in sums


@pytest.mark.parametrize("name", ["data/nothing.csv", "../secret_key", "..%2Fsecret_key", "data"])
def test_anything_else_is_not_found(client: Client, city: make.City, name: str) -> None:
    publish_release(actor=OPERATOR, publisher="The network")
    assert client.get(f"/data/1/{name}").status_code == 404
    assert client.get("/data/2/README.md").status_code == 404


def test_a_release_whose_files_were_removed_says_so(client: Client, city: make.City, tmp_path) -> None:
    publish_release(actor=OPERATOR, publisher="The network")
    folder_of(1).rename(tmp_path / "gone")
    (tmp_path / "releases" / "local-action-release-1.zip").unlink()
    assert "The files of this release are not here" in client.get("/data/").content.decode()
