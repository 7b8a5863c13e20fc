"""What a reader meets on a page's <main>: its text and the labels that a screen reader says."""

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
INLINE = {"a", "abbr", "b", "bdi", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u"}
UNSEEN = {"script", "style", "svg", "template", "code", "kbd", "samp"}
SPOKEN = ("aria-label", "placeholder", "title", "alt")


class Visible(HTMLParser):
    """`blocks` are the texts, one a block element. `elsewhere` are the languages of parts marked as being in another one; their text is left out."""

    def __init__(self, html: str, language: str) -> None:
        super().__init__()
        self.language = language
        self.blocks: list[str] = []
        self.elsewhere: set[str] = set()
        self._open: list[tuple[str, bool]] = []  # (tag, is its text left out)
        self._text = ""
        self.feed(html)
        self.close()
        self._end_block()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in INLINE or "chip" in given.get("class", "").split():
            self._end_block()
        inside = tag == "main" or any(name == "main" for name, _ in self._open)
        left_out = self._is_left_out() or tag in UNSEEN or "source" in given.get("class", "").split()  # publishers keep their names
        if inside and given.get("lang", self.language) != self.language:
            left_out = True
            # A way into that language, or a choice of it, or a sentence to say in it.
            if "hreflang" not in given and tag != "option" and given.get("translate") != "no":
                self.elsewhere.add(given["lang"])
        if inside and not left_out:
            self.blocks += [given[name] for name in SPOKEN if given.get(name)]
        if tag not in VOID:
            self._open.append((tag, left_out))

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self._end_block()
        while any(name == tag for name, _ in self._open) and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if any(name == "main" for name, _ in self._open) and not self._is_left_out():
            self._text += data

    def _is_left_out(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def _end_block(self) -> None:
        if text := " ".join(self._text.split()):
            self.blocks.append(text)
        self._text = ""
