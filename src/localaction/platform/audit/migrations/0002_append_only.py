from django.db import migrations

from localaction.platform.audit.appendonly import AppendOnly


class Migration(migrations.Migration):
    """Events are neither changed nor deleted."""

    dependencies = [("audit", "0001_initial")]

    operations = [AppendOnly("event")]
