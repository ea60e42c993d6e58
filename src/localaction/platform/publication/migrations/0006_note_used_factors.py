import json

from django.db import migrations


def note_used_factors(apps, schema_editor):
    """Note for every document that is published already which factors it rests on."""
    publication = apps.get_model("publication", "Publication")
    used = apps.get_model("publication", "UsedFactor")
    for key, document in publication.objects.values_list("pk", "document").iterator(20):
        names = sorted(json.loads(document)["result"].get("factors", {}))
        used.objects.bulk_create(used(publication_id=key, factor=name) for name in names)


class Migration(migrations.Migration):
    dependencies = [("publication", "0005_used_factors")]

    operations = [migrations.RunPython(note_used_factors, migrations.RunPython.noop)]
