"""The interface's translation catalogues, without the gettext programs: find the messages, keep the `.po` files true, make the `.mo` files.

English is the source of the messages, so it has no catalogue. Everything here reads and writes files only: no database, no Valkey.
"""

import ast
import os
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

# The rules are those of Django's own catalogues: with another rule Python's gettext would keep two catalogues side by side.
PLURAL_FORMS = {
    "tg": "nplurals=2; plural=(n != 1);",
    "ky": "nplurals=1; plural=0;",
    "uz": "nplurals=1; plural=0;",
    "ru": (
        "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : "
        "n%10==0 || (n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3);"
    ),
}
# In these languages form 0 stands for the number one alone, so it may leave the number out.
ONE_IS_ONE = {"tg"}

_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...]] = {
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_COMMENT_TAG = "Translators"
_TEMPLATE_ENDINGS = {".html", ".txt", ".js", ".xml", ".json", ".webmanifest"}
_NOT_OURS = {"migrations", "tests", "node_modules"}
_PERCENT = re.compile(r"(?<!%)%(?:\((\w+)\))?[sdifr]")
_BRACE = re.compile(r"(?<!\{)\{(\w*)[^{}]*\}(?!\})")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def catalogue_path(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def plural_count(language: str) -> int:
    return int(PLURAL_FORMS[language].split(";")[0].removeprefix("nplurals="))


# Finding the messages


def source_files() -> Iterator[Path]:
    """Python files of every top-level package, and the templates."""
    for package in sorted(settings.BASE_DIR.iterdir()):
        if (package / "__init__.py").exists() and package.name not in _NOT_OURS:
            yield from (path for path in sorted(package.rglob("*.py")) if not _NOT_OURS & set(path.parts))
    for path in sorted((settings.BASE_DIR / "templates").rglob("*")):
        if path.suffix in _TEMPLATE_ENDINGS:
            yield path


def keywords_of(source: str) -> dict[str, tuple[int | tuple[int, str], ...]]:
    """The names under which a Python file calls gettext: `from django.utils.translation import gettext_lazy as _` and the like."""
    found = dict(_KEYWORDS)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            found |= {name.asname: _KEYWORDS[name.name] for name in node.names if name.asname and name.name in _KEYWORDS}
    return found


def messages_in(path: Path) -> Iterator[tuple[tuple[str, ...], str | None, list[str]]]:
    """(message, or message and plural; context; comments for translators) of one file."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        keywords = keywords_of(source)
    else:
        keywords = _KEYWORDS | {"_": (1,)}
        # What templatize returns keeps the template's indentation, which is no Python's.
        source = "\n".join(line.strip() for line in templatize(source, origin=str(path)).splitlines())
    # Babel reads at most one comment block above a call, tagged "Translators:".
    for _line, message, comments, context in extract("python", BytesIO(source.encode()), keywords, (_COMMENT_TAG,), {"encoding": "utf-8"}):
        yield ((message,) if isinstance(message, str) else tuple(message)), context, comments


def collect() -> list[polib.POEntry]:
    """Every message of the project once, sorted, with the files that hold it. Raises ValueError where one message has two plurals."""
    found: dict[tuple[str, str | None], polib.POEntry] = {}
    for path in source_files():
        file = path.relative_to(settings.BASE_DIR).as_posix()
        for forms, context, comments in messages_in(path):
            entry = found.setdefault((forms[0], context), polib.POEntry(msgid=forms[0], msgctxt=context))
            plural = forms[1] if len(forms) > 1 else ""
            if plural and entry.msgid_plural and plural != entry.msgid_plural:
                raise ValueError(f"{forms[0]!r} has two plurals, {entry.msgid_plural!r} and {plural!r} ({file}).")
            entry.msgid_plural = entry.msgid_plural or plural
            if (file, "") not in entry.occurrences:
                entry.occurrences.append((file, ""))
            comment = " ".join(comments)
            if comment and comment not in entry.comment:
                entry.comment = f"{entry.comment}\n{comment}".strip()
    for entry in found.values():
        texts = entry.msgid + entry.msgid_plural
        entry.flags = (["python-format"] if _PERCENT.search(texts) else []) + (["python-brace-format"] if _BRACE.search(texts) else [])
    return [found[key] for key in sorted(found, key=lambda key: (key[0], key[1] or ""))]


# Keeping the .po files true


def read(language: str) -> polib.POFile:
    path = catalogue_path(language)
    return polib.pofile(str(path), encoding="utf-8") if path.exists() else polib.POFile()


def merged(language: str, entries: Iterable[polib.POEntry]) -> polib.POFile:
    """The language's catalogue with exactly these messages; what was translated stays, what is gone is dropped."""
    old = {(entry.msgid, entry.msgctxt): entry for entry in read(language)}
    catalogue = polib.POFile(wrapwidth=120)
    catalogue.header = "The interface of Safar. docs/languages.md says how to work on it."
    catalogue.metadata = {
        "Project-Id-Version": "safar",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS[language],
    }
    for entry in entries:
        known = old.get((entry.msgid, entry.msgctxt))
        translated = polib.POEntry(
            msgid=entry.msgid,
            msgctxt=entry.msgctxt,
            msgid_plural=entry.msgid_plural,
            occurrences=entry.occurrences,
            comment=entry.comment,
            tcomment=known.tcomment if known else "",
            flags=entry.flags + (["fuzzy"] if known and known.fuzzy else []),
        )
        if entry.msgid_plural:
            forms = known.msgstr_plural if known and known.msgid_plural == entry.msgid_plural else {}
            translated.msgstr_plural = {index: forms.get(index, "") for index in range(plural_count(language))}
        elif known and not known.msgid_plural:
            translated.msgstr = known.msgstr
        catalogue.append(translated)
    return catalogue


def save(language: str, catalogue: polib.POFile) -> None:
    write_atomically(catalogue_path(language), text_of(catalogue).encode())


def text_of(catalogue: polib.POFile) -> str:
    return str(catalogue).rstrip("\n") + "\n"


def write_atomically(path: Path, content: bytes, modified_ns: int | None = None) -> None:
    """Readers see the old file or the new one, never half of it, also when several processes write at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        if modified_ns is not None:
            os.utime(name, ns=(modified_ns, modified_ns))
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


# Translations


def texts_of(entry: polib.POEntry) -> list[str]:
    """The translation's forms; one for a message without a plural."""
    if entry.msgid_plural:
        return [entry.msgstr_plural[index] for index in sorted(entry.msgstr_plural)]
    return [entry.msgstr]


def is_missing(entry: polib.POEntry) -> bool:
    return entry.fuzzy or not all(texts_of(entry))


def placeholders(text: str) -> Counter[str]:
    """`%(name)s`, `{name}` and `<tag>`s. A name may be said twice; unnamed ones and tags must come as often as in the source."""
    named = {match[0] for match in _PERCENT.finditer(text) if match[1]} | {match[0] for match in _BRACE.finditer(text) if match[1]}
    unnamed = [match[0] for pattern in (_PERCENT, _BRACE) for match in pattern.finditer(text) if not match[1]]
    return Counter(named) + Counter(unnamed) + Counter(_TAG.findall(text))


def faults(language: str, entry: polib.POEntry) -> list[str]:
    """What is wrong with a translation, as sentences; an empty list if nothing is."""
    texts = texts_of(entry)
    found = []
    expected = plural_count(language) if entry.msgid_plural else 1
    if len(texts) != expected:
        found.append(f"{expected} forms are needed, not {len(texts)}")
    for index, text in enumerate(texts):
        source = entry.msgid_plural or entry.msgid
        allowed = [placeholders(source)]
        if entry.msgid_plural and index == 0 and language in ONE_IS_ONE:
            allowed.append(placeholders(entry.msgid))
        if placeholders(text) not in allowed:
            found.append(f"form {index} must hold {sorted(allowed[0].elements())}, not {sorted(placeholders(text).elements())}")
        if text != text.strip() and source == source.strip():
            found.append(f"form {index} begins or ends with a space")
        if text.endswith("\n") != source.endswith("\n") or text.startswith("\n") != source.startswith("\n"):
            found.append(f"form {index} must begin and end with a line break exactly where the source does")
    return found


def fill(language: str, catalogue: polib.POFile, msgid: str, context: str | None, text: str | list[str]) -> list[str]:
    """Write one translation into the catalogue unless it has faults; returns them. One text fills all plural forms."""
    entry = next((entry for entry in catalogue if entry.msgid == msgid and entry.msgctxt == context), None)
    if entry is None:
        return ["there is no such message"]
    if entry.msgid_plural:
        forms = [text] * plural_count(language) if isinstance(text, str) else text
        candidate = polib.POEntry(msgid=msgid, msgid_plural=entry.msgid_plural, msgstr_plural=dict(enumerate(forms)))
    elif isinstance(text, str):
        candidate = polib.POEntry(msgid=msgid, msgstr=text)
    else:
        return ["this message has one form, not a list"]
    if not all(texts_of(candidate)):
        return ["the text is empty"]
    found = faults(language, candidate)
    if not found:
        entry.msgstr, entry.msgstr_plural = candidate.msgstr, candidate.msgstr_plural
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    return found


# The .mo files, which Django reads


def compile_all() -> list[str]:
    """Make the `.mo` of each catalogue that has none of the same age; returns the languages compiled."""
    compiled = []
    for language in PLURAL_FORMS:
        path = catalogue_path(language)
        target = path.with_suffix(".mo")
        age = path.stat().st_mtime_ns
        if target.exists() and target.stat().st_mtime_ns == age:
            continue
        write_atomically(target, read(language).to_binary(), modified_ns=age)
        compiled.append(language)
    return compiled
