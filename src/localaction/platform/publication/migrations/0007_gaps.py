import json

from django.db import migrations, models

from localaction.platform.audit.appendonly import AppendOnly


def count_gaps(apps, schema_editor):
    """Count the gaps of what is published already; the column is not frozen yet."""
    from localaction.engine.packs import Library
    from localaction.platform.publication.gaps import gaps_in

    protocol = Library.load().protocol
    publications = apps.get_model("publication", "Publication").objects
    for key, text in publications.values_list("pk", "document").iterator(16):
        count = len(gaps_in(json.loads(text)["result"], "territorial", protocol))
        publications.filter(pk=key).update(territorial_gaps=count)


class Migration(migrations.Migration):
    dependencies = [("publication", "0006_note_used_factors")]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="territorial_gaps",
            field=models.PositiveSmallIntegerField(
                help_text="Cells of the territorial total that are open or not estimated.", null=True
            ),
        ),
        migrations.RunPython(count_gaps, migrations.RunPython.noop),
        AppendOnly("publication", mutable=["is_current", "withdrawn_at"]),
    ]
