from django.db import migrations

from localaction.platform.audit.appendonly import AppendOnly


class Migration(migrations.Migration):
    """Of a file only its withdrawal changes."""

    dependencies = [("planning", "0003_evidence")]

    operations = [AppendOnly("evidence", mutable=["withdrawn_at", "withdrawn_why"])]
