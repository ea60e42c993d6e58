"""The scope of a place says its country: by it the region of an office reaches the place."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    Scope, Place = apps.get_model("accounts", "Scope"), apps.get_model("places", "Place")
    of_place = Place._base_manager.filter(scope=OuterRef("pk")).values("country_code")[:1]
    Scope.objects.filter(kind="place", country="", pk__in=Place._base_manager.values("scope_id")).update(
        country=Subquery(of_place)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0003_geography"),
        ("accounts", "0003_offices_and_sections"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
