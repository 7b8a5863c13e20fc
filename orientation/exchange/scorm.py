"""A course in one language as a SCORM 1.2 package: a page a lesson, each a SCO with its practice questions. Nothing in it asks another host."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as xml
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from orientation.answers import in_shown_order
from orientation.exchange.read import Whole
from orientation.reading import LessonView

Json = dict[str, Any]
IMS, ADL = "http://www.imsproject.org/xsd/imscp_rootv1p1p2", "http://www.adlnet.org/xsd/adlcp_rootv1p2"
FILES = Path(__file__).parent / "scorm_files"
SHARED = ("safar.js", "safar.css")
LONGEST = 200  # letters of a title, by the schema


def package(whole: Whole) -> bytes:
    """The zip file. The same edition on a day with the same facts gives the same bytes."""
    lessons = {f"lesson-{number}.html": view for number, view in enumerate(whole.lessons, 1)}
    shown = {view.picture for view in whole.lessons} | {question["picture"] for view in whole.lessons for question in view.questions}
    pictures = sorted(shown - {""})
    files = {"imsmanifest.xml": manifest(whole, list(lessons), pictures)}
    files |= {name: (FILES / name).read_bytes() for name in SHARED}
    files |= {name: _page(whole, view).encode() for name, view in lessons.items()}
    files |= {f"{name}.svg": Path(str(finders.find(f"pictures/{name}.svg"))).read_bytes() for name in pictures}
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return packed.getvalue()


def manifest(whole: Whole, pages: list[str], pictures: list[str]) -> bytes:
    """imsmanifest.xml by IMS Content Packaging 1.1.2 with the elements of ADL SCORM 1.2."""
    edition, outline = whole.page.edition, whole.page.content["outline"]
    xml.register_namespace("", IMS)
    xml.register_namespace("adlcp", ADL)
    root = xml.Element(_ims("manifest"), {"identifier": f"safar-{edition.uid}-{whole.page.language}", "version": str(edition.number)})
    metadata = xml.SubElement(root, _ims("metadata"))
    _text(metadata, _ims("schema"), "ADL SCORM")
    _text(metadata, _ims("schemaversion"), "1.2")
    organizations = xml.SubElement(root, _ims("organizations"), {"default": "course"})
    organization = xml.SubElement(organizations, _ims("organization"), {"identifier": "course"})
    _text(organization, _ims("title"), whole.page.title[:LONGEST])
    resources = xml.SubElement(root, _ims("resources"))
    for number, (page, view) in enumerate(zip(pages, whole.lessons, strict=True), 1):
        item = xml.SubElement(organization, _ims("item"), {"identifier": f"item-{number}", "identifierref": f"lesson-{number}"})
        _text(item, _ims("title"), view.page.title[:LONGEST])
        _text(item, f"{{{ADL}}}masteryscore", str(outline["pass_percent"]))
        about = {"identifier": f"lesson-{number}", "type": "webcontent", f"{{{ADL}}}scormtype": "sco", "href": page}
        resource = xml.SubElement(resources, _ims("resource"), about)
        for name in (page, *SHARED, *(f"{picture}.svg" for picture in pictures)):
            xml.SubElement(resource, _ims("file"), {"href": name})
    return bytes(xml.tostring(root, encoding="utf-8", xml_declaration=True))


def _ims(name: str) -> str:
    return f"{{{IMS}}}{name}"


def _text(parent: xml.Element, name: str, text: str) -> None:
    xml.SubElement(parent, name).text = text


def _page(whole: Whole, view: LessonView) -> str:
    asked = [
        question | {"number": whole.right_number(question), "shown": in_shown_order(question), "roads": ", ".join(question["corridors"])}
        for question in view.questions
        if question["kind"] != "number" or whole.right_number(question)
    ]
    keys = [_key(question) for question in asked]
    context = {
        "page": view.page,
        "view": view,
        "questions": asked,
        "keys": {"pass": whole.page.content["outline"]["pass_percent"], "keys": keys},
    }
    return re.sub(r"\n\s*\n", "\n", render_to_string("orientation/exchange/sco.html", context))


def _key(question: Json) -> Json:
    """What the page needs to mark an answer: the right places of its choices as they are shown, or the number."""
    match question["kind"]:
        case "number":
            right = [question["number"], question["tolerance"]]
        case "order":
            shown = [choice["uid"] for choice in question["shown"]]
            right = [shown.index(choice["uid"]) for choice in question["choices"]]
        case _:
            right = [place for place, choice in enumerate(question["shown"]) if choice["is_right"]]
    return {"kind": question["kind"], "right": right}
