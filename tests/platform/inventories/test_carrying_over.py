"""A database with files that were handed in before imports were a thing of their own."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("inventories", "0002_append_only")]


@pytest.mark.django_db(transaction=True)
def test_files_handed_in_before_are_carried_over_with_the_change_each_made():
    older = MigrationExecutor(connection)
    newest = older.loader.graph.leaf_nodes()
    apps = older.migrate(BEFORE).apps
    scope = apps.get_model("accounts", "Scope").objects.create(kind="place", label="Leeds")
    place = apps.get_model("places", "Place").objects.create(
        code="GB-LDS", kind="city", name="Leeds", country_code="GB", scope_id=scope.pk
    )
    inventory = apps.get_model("inventories", "Inventory").objects.create(
        place_id=place.pk, label_year=2020, period_start="2020-01-01", period_end="2020-12-31"
    )
    upload = apps.get_model("inventories", "Upload").objects.create(
        inventory_id=inventory.pk, name="rows.csv", path="evidence/ab/ab", sha256="ab", size_bytes=7,
        mode="replace", status="applied", summary={"added": 2, "last_batch": None},
    )  # fmt: skip
    batch = apps.get_model("inventories", "Batch").objects.create(
        inventory_id=inventory.pk, kind="upload", upload_id=upload.pk
    )

    newer = MigrationExecutor(connection)
    apps = newer.migrate(newest).apps

    held = apps.get_model("imports", "Import").objects.get()
    assert (held.public_id, held.name, held.status) == (upload.public_id, "rows.csv", "applied")
    assert held.summary["counts"]["rows"]["created"] == 2
    assert held.made == {"batch": str(batch.public_id)}
    change = apps.get_model("inventories", "Batch").objects.get()
    assert (change.kind, change.import_id, change.file_name) == ("import", upload.public_id, "rows.csv")
