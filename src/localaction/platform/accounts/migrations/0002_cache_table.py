from typing import Any

from django.core.management import call_command
from django.db import migrations


def make_cache_table(apps: Any, schema_editor: Any) -> None:
    """Make the table in which limits on sign-in attempts are counted; nothing happens if it is there."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    """The cache lives in the database, so that its limits hold over all processes."""

    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(make_cache_table, migrations.RunPython.noop, elidable=False)]
