from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from orientation.audio.keep import SPOKEN, NoVoice, speak_drafts


class Command(BaseCommand):
    help = "Have a computer read aloud, with espeak-ng, the lessons that no person has recorded. Tajik is for people: espeak-ng does not speak it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("languages", nargs="*", metavar="language", help=f"of {', '.join(SPOKEN)}; all of them without one")

        parser.add_argument("--course", action="append", default=[], help="slug; may be given again; all courses without one")

    def handle(self, *args: Any, languages: list[str], course: list[str], **options: Any) -> None:
        if unknown := [language for language in languages if language not in SPOKEN]:
            raise CommandError(f"espeak-ng speaks {', '.join(SPOKEN)}, not {', '.join(unknown)}.")
        spoken = stood = 0
        try:
            for page, is_new in speak_drafts(languages or SPOKEN, timezone.now(), courses=course):
                spoken, stood = spoken + is_new, stood + (not is_new)
                if is_new:
                    self.stdout.write(f"{page.edition.course.slug}/{page.slug} ({page.language})")
        except NoVoice as why:
            raise CommandError(str(why)) from why
        self.stdout.write(f"Spoken: {spoken}. Left as they were: {stood}.")
