"""Reading XML of strangers piece by piece. A file with a document type of its own is refused: entities are how XML bombs are made."""

from collections.abc import Collection, Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError, iterparse
from xml.parsers import expat

CHUNK = 65_536
DEEPEST = 40


class XmlProblem(Exception):
    """`str()` says what is wrong with the file, and where."""


class _AtRoot(Exception):
    pass


def pieces(file: BinaryIO, roots: Collection[str], depth: int) -> Iterator[Element]:
    """First the root element, with its attributes only; then each element `depth` levels under it, whole, forgotten at the next one.

    Names are given without their namespaces. Raises `XmlProblem`: no XML, none of `roots`, a document type, elements in too many others.
    """
    _refuse_document_type(file)
    file.seek(0)
    above: list[Element] = []
    try:
        for event, element in iterparse(file, ("start", "end")):
            if event == "start":
                element.tag = element.tag.rpartition("}")[2]
                if not above:
                    if element.tag not in roots:
                        raise XmlProblem(f"This is another file: its root element is {element.tag}, not {' or '.join(roots)}.")
                    yield element
                above.append(element)
                if len(above) > DEEPEST:
                    raise XmlProblem(f"Element {element.tag} stands in more than {DEEPEST} others.")
            else:
                above.pop()
                if len(above) == depth:
                    yield element
                if above and len(above) <= depth:
                    above[-1].remove(element)
    except (ParseError, ValueError, LookupError) as error:  # the latter two: an encoding that nobody knows
        raise XmlProblem(f"The file is broken or incomplete: {error}.") from error


def _refuse_document_type(file: BinaryIO) -> None:
    """It can only stand before the root element."""

    def refuse(name: str, *_declared: object) -> None:
        raise XmlProblem(f"The file declares a document type (DTD) of its own, {name[:40]}: it is not read.")

    def stop(*_opened: object) -> None:
        raise _AtRoot

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler, parser.StartElementHandler = refuse, stop
    try:
        while chunk := file.read(CHUNK):
            parser.Parse(chunk)
        parser.Parse(b"", True)
    except _AtRoot:
        pass
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise XmlProblem(f"The file is no XML: {error}.") from error


def text_of(element: Element, path: str) -> str:
    return " ".join((element.findtext(path) or "").split())
