from django.db import migrations

from localaction.platform.audit.appendonly import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("inventories", "0001_initial")]

    operations = [AppendOnly("rowrevision", mutable=["is_current"]), AppendOnly("run")]
