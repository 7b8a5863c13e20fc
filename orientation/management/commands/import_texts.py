from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from orientation.models import Course
from orientation.texts.bring_in import bring_in
from orientation.texts.files import UnreadableFile, read
from portal.accounts.models import User


class Command(BaseCommand):
    help = "Takes in a file of an outside translator, whole or not at all. The texts become drafts of the person who is named."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, metavar="EMAIL", help="the editor who answers for the file")

    def handle(self, *args: Any, **options: Any) -> None:
        by = User.objects.filter(email=options["by"], is_staff=True).first()
        if by is None or not by.has_perm("orientation.change_course"):
            raise CommandError(f"{options['by']} is no editor.")
        try:
            file = read(options["file"].read_bytes())
        except (OSError, UnreadableFile) as why:
            raise CommandError(str(why)) from why
        course = Course.objects.filter(slug=file.course).first()
        if course is None:
            raise CommandError(f"There is no course {file.course}.")
        report = bring_in(course, file, by=by, now=timezone.now())
        for line in report.lines:
            self.stdout.write(f"{line.key}: {line.fault or line.note}")
        if not report.is_taken:
            raise CommandError(" ".join(["Nothing was taken in.", *report.faults]))
        self.stdout.write(f"{report.changed} texts are drafts of {by.email} now; {report.same} stay as they were.")
