"""The ESCO download: what comes with it, what of ours it may touch, and that a faulty one changes nothing."""

import csv
import shutil
import zipfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from matching.import_esco import Counts, import_esco
from matching.load import load_taxonomy
from matching.load_records import load_taxonomy as load_for_scoring
from matching.models import Label, Occupation, OccupationSkill, Skill, SkillGroup
from matching.read_esco import EscoError
from matching.scoring import Weights

pytestmark = pytest.mark.django_db

FILES = Path(__file__).parent / "esco"  # in ESCO's format, 1.2: invented, but for the ids of our bricklayer and of bricklaying
KITE_TESTER, MEND_KITES, HISTORY, BOX_KITES, WHISTLE = (f"00000000-0000-4000-8000-{number:012d}" for number in (1, 11, 12, 13, 14))
ALL_OF_IT = Counts(groups=4, occupations=2, skills=4, needs=5, labels=17)
NOTHING = Counts(0, 0, 0, 0, 0)
OLDER = {  # what ESCO 1.1 has not
    "occupations": ["naceCode"],
    "occupationSkillRelations": ["occupationLabel", "skillLabel"],
    "broaderRelationsSkillPillar": ["conceptLabel", "broaderLabel"],
}
Rows = list[list[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FILES, tmp_path / "ESCO dataset - v1.2.1 - classification - en - csv" / "csv")).parent


def edit(folder: Path, kind: str, change: Callable[[Rows], object], encoding: str = "utf-8-sig") -> None:
    [file] = folder.rglob(f"{kind}*.csv")
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines(keepends=True)))
    change(rows)
    with file.open("w", encoding=encoding, newline="") as opened:
        csv.writer(opened).writerows(rows)


def drop(rows: Rows, column: str) -> None:
    place = rows[0].index(column)
    for row in rows:
        del row[place]


def everything() -> list[object]:
    return [list(model.objects.order_by("pk").values_list()) for model in (SkillGroup, Skill, Occupation, OccupationSkill, Label)]


def labels_of(thing: Skill | Occupation) -> set[tuple[str, bool]]:
    return set(thing.labels.filter(language="en").values_list("text", "is_preferred"))


def test_a_download_becomes_extra_taxonomy(folder):
    assert import_esco(folder) == ALL_OF_IT
    tester = Occupation.objects.get(esco=KITE_TESTER)  # told twice: the last row counts
    assert (tester.name, tester.isco, tester.slug, tester.from_esco) == ("kite tester", "7543", f"esco-{KITE_TESTER}", True)
    assert labels_of(tester) == {("kite tester", True), ("kite inspector", False), ("kite checker", False)}
    needs = tester.needs.values_list("skill__name", "importance", "position", "from_esco")
    assert list(needs) == [
        ("mend kites", "essential", 1, True),
        ("mend box kites", "essential", 2, True),
        ("history of kites", "optional", 1, True),
    ]
    assert Occupation.objects.get(name="parade drummer").isco == "0110"


def test_a_skill_is_in_the_nearest_group_above_it(folder):
    import_esco(folder)
    groups = {str(skill.esco): (skill.group.esco, skill.group.name) for skill in Skill.objects.filter(from_esco=True)}
    assert groups == {
        MEND_KITES: ("S9.9.1", "mending light things"),
        BOX_KITES: ("S9.9.1", "mending light things"),  # through the skill above it
        HISTORY: ("0999", "kites not elsewhere classified"),
        WHISTLE: (WHISTLE, "whistle to the wind"),  # ESCO puts it nowhere: nothing stands in for it
    }
    assert SkillGroup.objects.get(esco="S9.9.1").slug == "esco-S9-9-1"


def test_ours_gets_labels_and_relations_and_keeps_all_it_had(folder):
    bricklayer, bricklaying = Occupation.objects.get(slug="bricklayer"), Skill.objects.get(slug="bricklaying")
    own_needs = list(bricklayer.needs.values_list())
    import_esco(folder)
    for row in (bricklayer, bricklaying):
        before = {name: value for name, value in vars(row).items() if not name.startswith("_")}
        row.refresh_from_db()
        assert {name: getattr(row, name) for name in before} == before and not row.from_esco
    assert labels_of(bricklayer) == {
        ("wall builder (example)", True),
        ("layer of bricks", False),
        ("brick worker", False),
        ("brikc worker", False),
    }
    assert labels_of(bricklaying) == {("stack stones in mortar (example)", True), ("set kerpich", False), ("masonwork", False)}
    assert list(bricklayer.needs.own().values_list()) == own_needs  # ESCO calls bricklaying optional for a bricklayer
    [new] = bricklayer.needs.filter(from_esco=True)
    assert (new.skill.name, new.importance, new.position) == ("whistle to the wind", "optional", 6)


def test_how_rare_a_skill_is_stays_as_it_was(folder):
    before = Weights.default(load_for_scoring()).numbers
    import_esco(folder)
    taxonomy = load_for_scoring()
    assert Weights.default(taxonomy).numbers == before
    whistle = Skill.objects.get(esco=WHISTLE)
    assert whistle.pk not in Weights.default(taxonomy).rarity and taxonomy.group[whistle.pk] == whistle.group_id
    assert taxonomy.code(Occupation.objects.get(esco=KITE_TESTER).pk) == "7543"


def test_a_second_import_writes_nothing(folder):
    import_esco(folder)
    before = everything()
    assert import_esco(folder) == NOTHING
    assert everything() == before


def test_a_later_version_brings_up_to_date_what_came_with_esco(folder):
    import_esco(folder)
    edit(folder, "occupations", lambda rows: rows[-1].__setitem__(rows[0].index("preferredLabel"), "tester of kites"))
    edit(folder, "occupationSkillRelations", lambda rows: [row.__setitem__(2, "optional") for row in rows if row[5] == "mend kites"])
    assert import_esco(folder) == Counts(groups=0, occupations=1, skills=0, needs=1, labels=1)
    tester = Occupation.objects.get(esco=KITE_TESTER)
    assert tester.name == "tester of kites"
    assert tester.needs.get(skill__esco=MEND_KITES).importance == "optional"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_files_of_version_1_1(folder, encoding):
    for kind, columns in OLDER.items():
        edit(folder, kind, lambda rows, columns=columns: [drop(rows, column) for column in columns], encoding)
    assert import_esco(folder) == ALL_OF_IT


def test_a_zip_with_a_folder_in_it(folder, tmp_path):
    path = tmp_path / "esco.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in folder.rglob("*.csv"):
            archive.write(file, file.relative_to(tmp_path))
        archive.writestr("__MACOSX/._skills_en.csv", b"\x00\x05")
        archive.writestr("readme.txt", "ESCO")
    assert import_esco(path) == ALL_OF_IT


def test_files_of_another_language_add_labels_only(folder):
    import_esco(folder)
    for file in folder.rglob("*.csv"):
        file.rename(file.with_name(file.name.replace("_en", "_uk")))
    edit(folder, "skills", lambda rows: rows[2].__setitem__(4, "лагодити зміїв"))
    # all 17 labels are new in this language, and “mend kites” is now another name
    assert import_esco(folder) == Counts(groups=0, occupations=0, skills=0, needs=0, labels=18)
    assert Skill.objects.get(esco=MEND_KITES).labels.get(language="uk", is_preferred=True).text == "лагодити зміїв"
    assert Skill.objects.get(esco=MEND_KITES).name == "mend kites"


def test_which_language_must_be_clear(folder):
    [skills] = folder.rglob("skills_en.csv")
    shutil.copy(skills, skills.with_name("skills_uk.csv"))
    with pytest.raises(EscoError, match="tell en, uk"):
        import_esco(folder)
    assert import_esco(folder, "en") == ALL_OF_IT
    skills.with_name("skills_uk.csv").unlink()
    for file in folder.rglob("*.csv"):
        file.rename(file.with_name(file.name.replace("_en", "")))
    with pytest.raises(EscoError, match="tell none"):
        import_esco(folder)
    assert import_esco(folder, "en") == NOTHING


def test_our_later_content_adopts_what_came_with_esco(folder):
    Skill.objects.filter(slug="bricklaying").update(slug="gone", esco=None)
    import_esco(folder)
    stranger = Skill.objects.get(name="stack stones in mortar (example)")
    assert stranger.from_esco
    load_taxonomy(overwrite=False)
    stranger.refresh_from_db()
    assert (stranger.slug, stranger.from_esco, stranger.group.slug, stranger.name) == ("bricklaying", False, "masonry", "Lay bricks")


def cell(kind: str, row: int, column: str, value: str) -> Callable[[Path], None]:
    """`row` as in a spreadsheet."""
    return lambda folder: edit(folder, kind, lambda rows: rows[row - 1].__setitem__(rows[0].index(column), value))


NOT_THERE = "http://data.europa.eu/esco/skill/00000000-0000-4000-8000-000000000999"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (cell("occupations", 3, "iscoGroup", "79"), "occupations_en.csv, row 3, iscoGroup: “79” is not four digits."),
        (cell("occupations", 4, "conceptUri", "drummer"), "occupations_en.csv, row 4, conceptUri: “drummer” does not end in a UUID."),
        (cell("skills", 2, "preferredLabel", "  "), "skills_en.csv, row 2, preferredLabel: is empty."),
        (cell("skills", 3, "preferredLabel", "m" * 201), "skills_en.csv, row 3, preferredLabel: “mmm"),
        (cell("skills", 3, "altLabels", "mend\n" + "m" * 301), "skills_en.csv, row 3, altLabels: “mmm"),
        (cell("skills", 3, "hiddenLabels", "a\x00b"), "skills_en.csv, row 3, hiddenLabels: “a"),
        (cell("skillGroups", 2, "preferredLabel", ""), "skillGroups_en.csv, row 2, preferredLabel: is empty."),
        (cell("occupationSkillRelations", 4, "skillUri", NOT_THERE), f"row 4, skillUri: {NOT_THERE} is no skill of these files."),
        (cell("occupationSkillRelations", 5, "occupationUri", "x/y"), "row 5, occupationUri: x/y is no occupation of these files."),
        (cell("occupationSkillRelations", 2, "relationType", "nice"), "row 2, relationType: “nice” is neither essential nor optional."),
        (lambda folder: edit(folder, "skills", lambda rows: rows[3].pop()), "skills_en.csv, row 4: 12 cells, the header has 13."),
        (
            lambda folder: edit(folder, "skills", lambda rows: drop(rows, "altLabels")),
            "skills_en.csv, row 1, altLabels: not in the header.",
        ),
        (lambda folder: edit(folder, "occupations", lambda rows: rows[3].__setitem__(3, "тест"), "cp1251"), "occupations_en.csv, row"),
        (
            lambda folder: next(folder.rglob("skills_en.csv")).write_text('conceptUri,"preferred'),
            "skills_en.csv, row 2: cannot be read as CSV",
        ),
        (lambda folder: next(folder.rglob("skills_en.csv")).write_text(""), "skills_en.csv, row 1, conceptUri, preferredLabel"),
        (lambda folder: next(folder.rglob("skillGroups*")).unlink(), "skillGroups_en.csv is missing."),
        (lambda folder: shutil.copytree(folder / "csv", folder / "copy"), "is there twice."),
    ],
)
def test_a_fault_names_its_place_and_nothing_is_written(folder, spoil, said):
    before = everything()
    spoil(folder)
    with pytest.raises(EscoError) as raised:
        import_esco(folder)
    assert said in "\n".join(raised.value.faults)
    assert everything() == before


def test_faults_are_told_together_up_to_twenty(folder):
    cell("occupations", 3, "iscoGroup", "79")(folder)
    cell("skills", 6, "preferredLabel", "")(folder)
    with pytest.raises(EscoError) as raised:
        import_esco(folder)
    assert [fault.split(":")[0] for fault in raised.value.faults] == [
        "occupations_en.csv, row 3, iscoGroup",
        "skills_en.csv, row 6, preferredLabel",
    ]
    edit(folder, "occupationSkillRelations", lambda rows: rows.extend([["", "", "", "", "", ""]] * 30))
    with pytest.raises(EscoError) as raised:
        import_esco(folder)
    assert len(raised.value.faults) == 20


def test_a_failure_of_the_database_leaves_nothing(folder):
    """A row of an editor's has the slug that ESCO's would get: occupations are refused after groups and skills were written."""
    occupation = Occupation.objects.create(slug=f"esco-{KITE_TESTER}", isco="7543", name="Editor's own")
    before = everything()
    with pytest.raises(IntegrityError, match="slug"), transaction.atomic():
        import_esco(folder)
    assert everything() == before and Occupation.objects.filter(pk=occupation.pk).exists()


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_the_command_shows_how_far_it_is_and_says_whose_the_data_is(folder):
    out, err = StringIO(), Terminal()
    call_command("import_esco", folder, stdout=out, stderr=err)
    assert "Written: 2 occupations, 4 skills, 4 groups, 5 relations, 17 labels." in out.getvalue()
    assert "This service uses the ESCO classification of the European Commission." in out.getvalue()
    assert err.getvalue().endswith(f"\r[{'#' * 40}] read\n")
    out, err = StringIO(), Terminal()
    call_command("import_esco", folder, verbosity=0, stdout=out, stderr=err)
    assert out.getvalue() == err.getvalue() == ""
    out, err = StringIO(), StringIO()
    call_command("import_esco", folder, stdout=out, stderr=err)
    assert "Written: 0 occupations" in out.getvalue() and not err.getvalue()


@pytest.mark.parametrize(("path", "said"), [("nowhere", "No such file"), ("not.zip", "neither a folder nor a whole zip file")])
def test_the_command_on_a_wrong_path(tmp_path, path, said):
    (tmp_path / "not.zip").write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(CommandError, match=said):
        call_command("import_esco", tmp_path / path)
