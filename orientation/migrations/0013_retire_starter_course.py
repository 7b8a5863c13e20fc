"""The starter course of four lessons about Russia has become part of the whole curriculum. Whoever is in it stays, others no longer find it."""

from django.db import migrations


def retire(apps, schema_editor):
    editions = apps.get_model("orientation", "CourseEdition").objects
    editions.filter(course__slug="russia-documents", is_current=True, published_by=None).update(is_current=False)


class Migration(migrations.Migration):
    dependencies = [("orientation", "0012_curriculum")]
    operations = [migrations.RunPython(retire, migrations.RunPython.noop)]
