"""A change of rows keeps the public id of the import that made it; uploads are carried over to imports."""

from django.db import migrations, models


def carry(apps, schema_editor):
    Upload, Import = apps.get_model("inventories", "Upload"), apps.get_model("imports", "Import")
    Batch = apps.get_model("inventories", "Batch")
    for upload in Upload.objects.select_related("inventory__place"):
        batch = Batch.objects.filter(upload=upload, kind="upload").first()
        undone = batch is not None and Batch.objects.filter(undoes=batch).exists()
        working = upload.status in {"received", "checking", "applying"}
        summary = dict(upload.summary)
        if summary:
            summary["counts"] = {
                "rows": {
                    "created": summary.pop("added", 0), "changed": 0,
                    "removed": summary.pop("removed", 0), "unchanged": summary.pop("unchanged", 0),
                }
            }
            summary["seen"] = {"last_batch": summary.pop("last_batch", None)}
        Import.objects.create(
            public_id=upload.public_id, importer="rows", scope_id=upload.inventory.place.scope_id,
            inventory_id=upload.inventory_id, name=upload.name, path=upload.path, sha256=upload.sha256,
            size_bytes=upload.size_bytes, options={"mode": upload.mode}, layout="own_csv",
            status="undone" if undone else "stopped" if working else upload.status,
            rows_done=upload.rows_done, rows_total=upload.rows_total, findings=upload.findings,
            findings_more=upload.findings_more, summary=summary,
            made={"batch": str(batch.public_id)} if batch else {},
            created_by_id=upload.uploaded_by_id, created_at=upload.uploaded_at,
        )
        Batch.objects.filter(upload=upload).update(import_id=upload.public_id, file_name=upload.name)
    Batch.objects.filter(kind="upload").update(kind="import")
    # PostgreSQL makes no index on a table whose rows still wait to be checked against other tables.
    schema_editor.connection.check_constraints()


class Migration(migrations.Migration):
    dependencies = [("inventories", "0002_append_only"), ("imports", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name='batch',
            name='file_name',
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AddField(
            model_name='batch',
            name='import_id',
            field=models.UUIDField(db_index=True, help_text='Public id of the import, if a file made it.', null=True),
        ),
        migrations.RunPython(carry, migrations.RunPython.noop, elidable=True),
    ]
