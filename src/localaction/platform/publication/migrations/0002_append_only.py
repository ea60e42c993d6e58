from django.db import migrations

from localaction.platform.audit.appendonly import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("publication", "0001_initial")]

    operations = [AppendOnly("publication", mutable=["is_current"])]
