from django.db import migrations

from localaction.platform.audit.appendonly import AppendOnly


class Migration(migrations.Migration):
    """Revisions are neither changed nor deleted; of a head only the pointer and the adoption change."""

    dependencies = [("values", "0001_initial")]

    operations = [
        AppendOnly("valuerevision"),
        AppendOnly("value", mutable=["current_id", "adopted"]),
    ]
