import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.ui import catalogues


class Command(BaseCommand):
    help = (
        "Collect the interface's messages into locale/*/LC_MESSAGES/django.po. A fresh catalogue holds exactly the messages in the code; "
        "translations are kept. docs/languages.md says how translators work with it."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        languages = sorted(catalogues.PLURAL_FORMS)
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--check", action="store_true", help="write nothing; exit 1 if a catalogue does not match the code")
        what.add_argument("--missing", metavar="LANGUAGE", choices=languages, help="print the messages that lack a translation, as JSON")
        what.add_argument(
            "--fill", nargs=2, metavar=("LANGUAGE", "FILE"), help="write the translations of a JSON file ('-': standard input)"
        )

    def handle(self, *args: object, **options: Any) -> None:
        if options["missing"]:
            self.print_missing(options["missing"])
        elif options["fill"]:
            self.fill(*options["fill"])
        else:
            self.collect(check=options["check"])

    def collect(self, *, check: bool) -> None:
        try:
            entries = catalogues.collect()
        except (ValueError, SyntaxError) as error:
            raise CommandError(str(error)) from error
        stale = []
        for language in catalogues.PLURAL_FORMS:
            catalogue = catalogues.merged(language, entries)
            path = catalogues.catalogue_path(language)
            if not path.exists() or path.read_text(encoding="utf-8") != catalogues.text_of(catalogue):
                stale.append(language)
                if not check:
                    catalogues.save(language, catalogue)
            missing = sum(catalogues.is_missing(entry) for entry in catalogue)
            self.stdout.write(f"{language}: {len(catalogue)} messages, {missing} without a translation")
        if check and stale:
            raise CommandError(f"The catalogues of {', '.join(stale)} do not match the code. Run `python manage.py messages`.")

    def print_missing(self, language: str) -> None:
        rows = []
        for entry in catalogues.merged(language, catalogues.collect()):
            if not catalogues.is_missing(entry):
                continue
            row: dict[str, Any] = {"msgid": entry.msgid}
            if entry.msgid_plural:
                row["plural"] = entry.msgid_plural
            if entry.msgctxt:
                row["context"] = entry.msgctxt
            if entry.comment:
                row["comment"] = entry.comment
            row["files"] = [file for file, _line in entry.occurrences]
            row["text"] = catalogues.texts_of(entry) if entry.msgid_plural else entry.msgstr
            rows.append(row)
        self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))

    def fill(self, language: str, file: str) -> None:
        if language not in catalogues.PLURAL_FORMS:
            raise CommandError(f"There is no catalogue of {language!r}, only of {', '.join(catalogues.PLURAL_FORMS)}.")
        try:
            given = json.loads(sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"Cannot read {file}: {error}") from error
        catalogue = catalogues.merged(language, catalogues.collect())
        written, refused = 0, 0
        for msgid, context, text in _translations(given):
            if not text or (isinstance(text, list) and not any(text)):
                continue
            problems = catalogues.fill(language, catalogue, msgid, context, text)
            written += not problems
            refused += bool(problems)
            for problem in problems:
                self.stderr.write(f"{msgid!r}: {problem}")
        catalogues.save(language, catalogue)
        missing = sum(catalogues.is_missing(entry) for entry in catalogue)
        self.stdout.write(f"{language}: {written} written, {refused} refused, {missing} without a translation")
        if refused:
            raise CommandError("The refused translations were not written.")


def _translations(given: Any) -> list[tuple[str, str | None, str | list[str]]]:
    """(msgid, context, text or forms) from {msgid: text} or from the list that --missing prints, with its texts filled."""
    try:
        if isinstance(given, dict):
            return [(msgid, None, text) for msgid, text in given.items()]
        return [(row["msgid"], row.get("context"), row["text"]) for row in given]
    except (TypeError, KeyError) as error:
        raise CommandError("The file must hold {message: text} or the list that --missing prints.") from error
