import json

from django.db import migrations, models

from localaction.platform.audit.appendonly import AppendOnly


# The cells of the territorial total in the only protocol there was before this column. Written down here, so
# that a later rule book, or a later way to count, changes nothing about what this step does.
TERRITORIAL = frozenset(
    "I.1.1 I.2.1 I.3.1 I.4.1 I.4.4 I.5.1 I.6.1 I.7.1 I.8.1 II.1.1 II.2.1 II.3.1 II.4.1 II.5.1 III.1.1 III.1.3 "
    "III.2.1 III.2.3 III.3.1 III.3.3 III.4.1 III.4.3 IV.1 IV.2 V.1 V.2 V.3".split()
)


def gaps_in(result):
    """Return the cells of the total that are open, or occur but are not estimated."""
    cells = [cell for cell in result["cells"] if cell["ref"] in TERRITORIAL]
    return [cell["ref"] for cell in cells if cell["state"] == "open" or cell["notation_key"] == "NE"]


def count_gaps(apps, schema_editor):
    """Count the gaps of what is published already; the column is not frozen yet."""
    publications = apps.get_model("publication", "Publication").objects
    for key, text in publications.values_list("pk", "document").iterator(16):
        count = len(gaps_in(json.loads(text)["result"]))
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
