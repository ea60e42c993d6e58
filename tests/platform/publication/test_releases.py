"""A release of what is published: built from the database, recorded, handed out, and found out if changed."""

from __future__ import annotations

import csv
import zipfile
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from localaction.engine.exchange.release.errors import NothingPublished
from localaction.engine.exchange.release.info import Info
from localaction.engine.exchange.release.verifying import verify
from localaction.engine.periods import Period
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.audit.models import Event
from localaction.platform.inventories.services import compute
from localaction.platform.publication.errors import NothingNewToRelease, ReleaseNotFound
from localaction.platform.publication.models import Release
from localaction.platform.publication.queries import published, releases
from localaction.platform.publication.release_files import archive_of, files_of_release, folder_of, path_of
from localaction.platform.publication.releasing import build_release, publish_release
from localaction.platform.publication.services import publish
from localaction.platform.values.services import record_value
from tests.platform.inventories.make import fill

pytestmark = pytest.mark.django_db
INFO = Info("1", date(2026, 11, 24), "The network")


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()


@pytest.fixture
def out(officer, ready):
    publish(actor=officer, inventory=ready)
    return ready


def rows(folder, name):
    with (folder / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_what_is_published_is_released_and_agrees_with_itself(out, tmp_path):
    build_release(tmp_path / "r", INFO)
    assert verify(tmp_path / "r").sound
    (inventory,) = rows(tmp_path / "r", "inventories")
    found = published(out.place.code, out.label_year)
    assert inventory["document_sha256"] == found.digest
    totals = {row["total"]: float(row["co2e_t"]) for row in rows(tmp_path / "r", "totals")}
    assert totals == {name: total["co2e_t"] for name, total in found.result["totals"].items()}


def test_public_figures_go_along_and_others_do_not(officer, out, tmp_path):
    common = {"actor": officer, "place": out.place, "basis": "reported", "unit": "person", "exact": "100"}
    record_value(**common, item="population.total", period=Period.year(2019), visibility="public")
    record_value(**common, item="population.total", period=Period.year(2018), visibility="place")
    build_release(tmp_path / "r", INFO)
    assert [(row["item"], row["year"], row["amount_exact"]) for row in rows(tmp_path / "r", "values")] == [
        ("population.total", "2019", "100")
    ]


def test_the_number_of_queries_does_not_grow_with_inventories(
    officer, out, tmp_path, django_assert_num_queries
):
    from localaction.platform.inventories.services import create_inventory

    with django_assert_num_queries(2):
        build_release(tmp_path / "one", INFO)
    for year in (2015, 2016, 2017):
        more = create_inventory(actor=officer, place=out.place, label_year=year)
        fill(officer, more)
        compute(actor=officer, inventory=more)
        publish(actor=officer, inventory=more)
    with django_assert_num_queries(2):
        build_release(tmp_path / "four", INFO)
    assert len(rows(tmp_path / "four", "inventories")) == 4


def test_drafts_are_not_released(ready, tmp_path):
    with pytest.raises(NothingPublished):
        build_release(tmp_path / "r", INFO)
    assert list(tmp_path.glob("*r*")) == []


def test_a_release_is_numbered_recorded_and_handed_out_whole(out):
    release = publish_release(actor=OPERATOR, publisher="The network", address="https://example.org")
    assert (release.number, release.inventories, release.places) == (1, 1, 1)
    assert releases() == [release]
    event = Event.objects.get(verb="publication.release.published")
    assert event.after["content_digest"] == release.content_digest
    assert verify(folder_of(1)).digest == release.content_digest
    with zipfile.ZipFile(archive_of(1)) as archive:
        names = {f"local-action-release-1/{file.name}" for file in files_of_release(1)}
        assert set(archive.namelist()) == names
        assert archive.testzip() is None


def test_the_same_content_is_not_released_twice(out):
    publish_release(actor=OPERATOR, publisher="The network")
    with pytest.raises(NothingNewToRelease, match=r"Release 1 of .* holds exactly what is published now"):
        publish_release(actor=OPERATOR, publisher="The network")
    assert Release.objects.count() == 1
    assert not folder_of(2).exists()
    assert folder_of(1).exists()


def test_a_release_of_somebody_else_under_the_same_number_stays_whole(out):
    """Two commands at once: the second takes the number while the first still builds."""

    def meanwhile(_done):
        if not Release.objects.exists():
            publish_release(actor=OPERATOR, publisher="Somebody else")

    with pytest.raises(NothingNewToRelease):
        publish_release(actor=OPERATOR, publisher="The network", tell=meanwhile)
    assert Release.objects.get().number == 1
    assert verify(folder_of(1)).digest == Release.objects.get().content_digest
    assert archive_of(1).is_file()
    assert [path.name for path in folder_of(1).parent.glob("building-*")] == []


def test_only_who_may_publishes_a_release(officer, out):
    with pytest.raises(PermissionDenied):
        publish_release(actor=officer, publisher="The network")
    assert not Release.objects.exists()
    assert not folder_of(1).exists()


@pytest.mark.parametrize("name", ["../../secret_key", "data/../../1/README.md", "data", "", "nothing.csv"])
def test_nothing_but_the_files_of_a_release_is_handed_out(out, name):
    publish_release(actor=OPERATOR, publisher="The network")
    assert path_of(1, "data/lines.csv").is_file()
    with pytest.raises(ReleaseNotFound, match="There is no file"):
        path_of(1, name)
