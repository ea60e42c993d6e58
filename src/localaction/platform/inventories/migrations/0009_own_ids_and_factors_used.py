"""Ids of own factors belong to one set; a run knows which own factors its rows could have taken."""

from django.db import migrations, models

from localaction.platform.audit.appendonly import AppendOnly


def name_sets(apps, schema_editor):
    """Note under which ids the factors of each set are kept: those in its records."""
    sets = apps.get_model("inventories", "FactorSet").objects
    for held in sets.only("records").iterator(16):
        set_id = held.records[0]["id"].partition(":")[0].rpartition("@")[0]
        sets.filter(pk=held.pk).update(set_id=set_id)


class Migration(migrations.Migration):
    dependencies = [("inventories", "0008_recalculation_acting")]

    operations = [
        migrations.AddField(
            model_name="run",
            name="factors_digest",
            field=models.CharField(
                help_text="SHA-256 over the packs and the own factors its rows could take.",
                max_length=64,
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="factorset",
            name="set_id",
            field=models.CharField(
                default="",
                help_text="What stands before the @ in the ids of its factors; of one set alone.",
                max_length=100,
            ),
            preserve_default=False,
        ),
        migrations.RunPython(name_sets, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="factorset",
            constraint=models.UniqueConstraint(
                fields=("set_id", "edition"),
                name="inventories_factorset_ids_of_one_set",
                violation_error_message="The ids of its factors are those of another set.",
            ),
        ),
        AppendOnly("run"),
        AppendOnly("factorset", mutable=["status", "ended_why"]),
    ]
