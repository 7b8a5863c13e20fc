"""The text of a PDF as a reader would copy it: its glyphs, each by what its font says it stands for."""

import re
import zlib

ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(pdf: bytes) -> str:
    """Page by page, without the white space, which is often a gap and no glyph. For what typst writes."""
    objects = {int(number): body for number, body in re.findall(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", pdf, re.S)}
    text = ""
    for page in (body for body in objects.values() if re.search(rb"/Type\s*/Page\b", body)):
        fonts = {
            name: _letters(objects, objects[int(number)]) for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", _resources(objects, page))
        }
        content = _stream(objects[int(re.search(rb"/Contents (\d+) 0 R", page)[1])])
        content = re.sub(rb"<<[^<>]*>>", b"", content)  # in which language the next words are
        letters: dict[bytes, str] = {}
        codes, depth = b"", 0
        for token in re.findall(rb"\\(?:[0-7]{3}|.)|[()]|[^\\()]+", content, re.S):
            depth -= token == b")"
            if depth:
                codes += _unescape(token)
            elif token == b")":
                text += "".join(letters[codes[at : at + 2]] for at in range(0, len(codes), 2))
                codes = b""
            elif font := re.findall(rb"/(f\d+) [\d.]+ Tf", token):
                letters = fonts[font[-1]]
            depth += token == b"("
    return "".join(text.split())


def _unescape(token: bytes) -> bytes:
    """Brackets that close what they open stand in a string as they are."""
    if not token.startswith(b"\\"):
        return token
    code = token[1:]
    return bytes([int(code, 8)]) if code.isdigit() else ESCAPES.get(code, code)


def _resources(objects: dict[int, bytes], page: bytes) -> bytes:
    named = re.search(rb"/Resources (\d+) 0 R", page)
    return objects[int(named[1])] if named else page


def _letters(objects: dict[int, bytes], font: bytes) -> dict[bytes, str]:
    table = _stream(objects[int(re.search(rb"/ToUnicode (\d+) 0 R", font)[1])])
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", table)
    return {bytes.fromhex(code.decode()): bytes.fromhex(letters.decode()).decode("utf-16-be") for code, letters in pairs}


def _stream(body: bytes) -> bytes:
    raw = re.search(rb"stream\r?\n(.*?)\r?\nendstream", body, re.S)[1]
    return zlib.decompress(raw) if b"/FlateDecode" in body else raw
