"""/uz-cyrl/…: the Uzbek pages in Cyrillic letters. The views know nothing of it: they answer at /uz/…, and the answer is rewritten."""

from collections.abc import Callable
from html import escape, unescape
from html.parser import HTMLParser

from django.http import HttpRequest, HttpResponse

from portal.ui.cyrillic import in_cyrillic

GetResponse = Callable[[HttpRequest], HttpResponse]
FOLDER, LANG = "/uz-cyrl", "uz-Cyrl"
LATIN, PREFIX = "/uz/", f"{FOLDER}/"

READ = {"title", "alt", "aria-label", "aria-description", "placeholder", "label", "data-label", "data-title", "data-toast"}
LINKS = {"href", "action", "formaction", "hx-get", "hx-post", "data-paths"}
AS_TYPED = {"script", "style", "textarea", "code", "pre", "kbd", "samp"}
BUTTONS = {"submit", "button", "reset"}
EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
REDIRECTS = ("Location", "HX-Redirect", "HX-Location", "HX-Push-Url")

Attributes = list[tuple[str, str | None]]


def uzbek_in_cyrillic(get_response: GetResponse) -> GetResponse:
    """Stands before what looks at the language of an address. Files, streams and what is written in another language stay as they are."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not f"{request.path_info}/".startswith(PREFIX):
            return get_response(request)
        request.path_info = request.path_info.replace(FOLDER, "/uz", 1)
        request.path = request.path.replace(FOLDER, "/uz", 1)
        request.is_cyrillic = True  # type: ignore[attr-defined]
        response = get_response(request)
        for name in REDIRECTS:
            if response.headers.get(name, "").startswith(LATIN):
                response.headers[name] = PREFIX + response.headers[name].removeprefix(LATIN)
        if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
            response.content = page_in_cyrillic(response.content.decode(response.charset)).encode(response.charset)
            if "Content-Length" in response.headers:
                response.headers["Content-Length"] = str(len(response.content))
        return response

    return middleware


def page_in_cyrillic(html: str) -> str:
    page = _Page()
    page.feed(html)
    page.close()
    return "".join(page.written)


class _Page(HTMLParser):
    """Copies what it reads, letter for letter, but for Uzbek texts and links to Uzbek pages.

    Texts in another `lang` stay, also inside; so does what says translate="no" (names, codes), and links to a language (`hreflang`).
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.written: list[str] = []
        self.text: list[str] = []
        self.open: list[tuple[str, bool]] = []  # elements, and whether their texts are Uzbek

    @property
    def is_uzbek(self) -> bool:
        return not self.open or self.open[-1][1]

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self._write_text()
        told = dict(attrs)
        lang = told.get("lang")
        reads = self.is_uzbek if lang is None else lang == "uz"
        reads = reads and told.get("translate") != "no" and tag not in AS_TYPED and "hreflang" not in told
        self.written.append(self._tag(tag, attrs, reads))
        if tag not in EMPTY:
            self.open.append((tag, reads))

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self._write_text()
        self.written.append(self._tag(tag, attrs, self.is_uzbek))

    def handle_endtag(self, tag: str) -> None:
        self._write_text()
        if any(tag == name for name, _ in self.open):
            while self.open.pop()[0] != tag:  # </p> and </li> may be left out
                pass
        self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_entityref(self, name: str) -> None:
        self.text.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.text.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self._write_text()
        self.written.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self._write_text()
        self.written.append(f"<!{decl}>")

    def close(self) -> None:
        super().close()
        self._write_text()

    def _write_text(self) -> None:
        text = "".join(self.text)
        self.text.clear()
        self.written.append(escape(in_cyrillic(unescape(text)), quote=False) if self.is_uzbek and text.strip() else text)

    def _tag(self, tag: str, attrs: Attributes, reads: bool) -> str:
        told, was = dict(attrs), self.get_starttag_text() or ""
        new = [(name, self._attribute(tag, name, value, told, reads)) for name, value in attrs]
        if new == attrs:
            return was
        written = "".join(f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in new)
        return f"<{tag}{written}{'/>' if was.endswith('/>') else '>'}"

    def _attribute(self, tag: str, name: str, value: str | None, told: dict[str, str | None], reads: bool) -> str | None:
        if not value or "hreflang" in told:
            return value
        if name == "lang" and value == "uz":
            return LANG
        if name in LINKS:
            return " ".join(PREFIX + path.removeprefix(LATIN) if path.startswith(LATIN) else path for path in value.split(" "))
        is_text = name in READ or (name.startswith("data-") and " " in value)  # what scripts say, as sentences
        is_text = is_text or (name == "content" and told.get("name") == "description")
        is_text = is_text or (name == "value" and tag == "input" and told.get("type") in BUTTONS)
        return in_cyrillic(value) if is_text and reads else value
