"""A sanctions list's XML: what is wrong with it is a `ListError`."""

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from portal import xml
from portal.organisations.lists import ListError
from portal.xml import text_of as text_of


def pieces(file: BinaryIO, root: str, depth: int) -> Iterator[Element]:
    """As `portal.xml.pieces`, of one root. Raises `ListError`."""
    try:
        yield from xml.pieces(file, [root], depth)
    except xml.XmlProblem as problem:
        raise ListError(str(problem)) from problem
