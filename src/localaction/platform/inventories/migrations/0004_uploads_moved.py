"""Uploads became imports; an inventory can be withdrawn, and its year is free again then."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inventories', '0003_import_keys'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='upload',
            name='inventory',
        ),
        migrations.RemoveField(
            model_name='upload',
            name='uploaded_by',
        ),
        migrations.RemoveField(
            model_name='batch',
            name='upload',
        ),
        migrations.RemoveConstraint(
            model_name='inventory',
            name='inventories_inventory_one_a_year',
        ),
        migrations.RemoveConstraint(
            model_name='inventory',
            name='inventories_inventory_known_words',
        ),
        migrations.AlterField(
            model_name='batch',
            name='kind',
            field=models.CharField(choices=[('save', 'row saved'), ('remove', 'row removed'), ('import', 'file applied'), ('mark', 'open cells marked'), ('undo', 'change undone')], max_length=8),
        ),
        migrations.AlterField(
            model_name='inventory',
            name='status',
            field=models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('withdrawn', 'withdrawn')], default='draft', max_length=12, verbose_name='status'),
        ),
        migrations.AddConstraint(
            model_name='inventory',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'withdrawn'), _negated=True), fields=('place', 'label_year'), name='inventories_inventory_one_a_year', violation_error_message='This place has an inventory of that year already.'),
        ),
        migrations.AddConstraint(
            model_name='inventory',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'published', 'withdrawn']), ('origin__in', ['own', 'published_source'])), name='inventories_inventory_known_words'),
        ),
        migrations.DeleteModel(
            name='Upload',
        ),
    ]
