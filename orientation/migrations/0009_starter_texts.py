from django.db import migrations
from django.utils import timezone

LANGUAGES = ("tg", "ky", "uz", "ru", "en")


def note_starter_texts(apps, schema_editor):
    """What stands came with Safar, or was published before anybody wrote down who had read it: it may go out again, and pages say so."""
    Translation = apps.get_model("orientation", "Translation")
    now = timezone.now()
    for name in ("course", "lesson", "question", "fact"):
        Thing = apps.get_model("orientation", name)
        Translation.objects.bulk_create(
            Translation(
                **{f"{name}_id": pk}, language=language, state="published", based_on_revision=revision, is_starter=True, written_at=now
            )
            for pk, revision in Thing.objects.order_by("pk").values_list("pk", "revision")
            for language in LANGUAGES
        )


class Migration(migrations.Migration):
    dependencies = [("orientation", "0008_lesson_audio")]
    operations = [migrations.RunPython(note_starter_texts, migrations.RunPython.noop)]
