import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from orientation.models import Course
from orientation.texts.files import FORMATS, made_of, write
from orientation.texts.states import LANGUAGES
from orientation.texts.write import SOURCE


class Command(BaseCommand):
    help = "Writes the texts of a course, with what stands in a language, as a file for outside translators."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("course", help="the course's slug")
        parser.add_argument("language", choices=[language for language in LANGUAGES if language != SOURCE])
        parser.add_argument("--format", choices=list(FORMATS), default="po")
        parser.add_argument("--output", type=Path, help="a file; without it, the terminal")

    def handle(self, *args: Any, **options: Any) -> None:
        course = Course.objects.filter(slug=options["course"]).first()
        if course is None:
            raise CommandError(f"There is no course {options['course']}.")
        data = write(made_of(course, options["language"], timezone.now()), options["format"])
        if options["output"]:
            options["output"].write_bytes(data)
        else:
            sys.stdout.write(data.decode())
