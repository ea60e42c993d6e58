from django.db import migrations

from localaction.platform.audit.appendonly import AppendOnly


class Migration(migrations.Migration):
    """Revisions are neither changed nor deleted."""

    dependencies = [("planning", "0001_initial")]

    operations = [AppendOnly("partrevision")]
