"""Importing a sanctions list: all or nothing, once, never an older one; and whom it stops."""

from datetime import UTC, date, datetime
from io import BytesIO
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from portal import hooks
from portal.organisations.decide_hit import decide_hit
from portal.organisations.find_hits import look_up
from portal.organisations.import_sanctions import import_sanctions
from portal.organisations.lists import ListError
from portal.organisations.models import Membership, Organisation, SanctionEntry, SanctionHit
from portal.organisations.vet import NotVettable, unvet
from tests.organisations.test_sanction_lists import FILES, content
from tests.organisations.vetting import vet_by_two
from tests.waiting import PATIENCE, somebody_waits_for_a_row, until

pytestmark = pytest.mark.django_db
NOW = datetime(2031, 3, 15, 9, 0, tzinfo=UTC)
DAY = date(2031, 3, 14)
UN = content("un.xml")


def load(code: str, data: bytes, **options):
    return import_sanctions(code, BytesIO(data), NOW, **options)


def un(*names: str, day: str = "2031-03-14") -> bytes:
    entities = "".join(
        f"<ENTITY><FIRST_NAME>{name}</FIRST_NAME><REFERENCE_NUMBER>QDe.{number}</REFERENCE_NUMBER></ENTITY>"
        for number, name in enumerate(names)
    )
    return f'<CONSOLIDATED_LIST dateGenerated="{day}"><INDIVIDUALS/><ENTITIES>{entities}</ENTITIES></CONSOLIDATED_LIST>'.encode()


def organisation(name: str, kind: str = "employer") -> Organisation:
    return Organisation.objects.create(name=name, kind=kind, country_id="RU")


@pytest.fixture
def told(monkeypatch) -> list[Organisation]:
    heard: list[Organisation] = []
    monkeypatch.setattr(hooks, "sanctions_changed", [lambda organisation, now: heard.append(organisation)])
    return heard


def test_the_three_lists(capsys):
    for code, name, read in [("un", "un.xml", 3), ("seco", "seco.xml", 5), ("eu", "eu.csv", 2)]:
        call_command("import_sanctions", code, FILES / name)
        assert f"100 % of the file, {read} entries" in capsys.readouterr().out
    assert SanctionEntry.objects.count() == 9  # one of SECO's has no name
    assert set(SanctionEntry.objects.in_force(DAY).filter(list="seco").values_list("reference", flat=True)) == {
        "900001",
        "900002",
        "900004",
    }
    entry = SanctionEntry.objects.get(list="un", reference="QDi.999")
    assert (entry.name, entry.generated_on, entry.names[1]) == ("PRIMER VYMYSHLENNY", DAY, "Пример Вымышленный")
    assert entry.folded == ["abu primer", "p vimishleni", "primer vimishleni"]


def test_the_same_file_again_writes_nothing(django_assert_num_queries):
    load("un", UN)
    rows = list(SanctionEntry.objects.order_by("pk").values())
    with CaptureWrites() as writes:
        counts = load("un", UN)
    assert (counts.added, counts.changed, counts.unchanged, counts.delisted) == (0, 0, 3, 0)
    assert writes.rows == 0 and list(SanctionEntry.objects.order_by("pk").values()) == rows


class CaptureWrites:
    """How many rows statements inserted, updated or deleted."""

    def __enter__(self) -> "CaptureWrites":
        self.rows = 0
        self.wrapper = connection.execute_wrapper(self.count)
        self.wrapper.__enter__()
        return self

    def __exit__(self, *raised) -> None:
        self.wrapper.__exit__(*raised)

    def count(self, execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if sql.split()[0] in ("INSERT", "UPDATE", "DELETE"):
            self.rows += context["cursor"].rowcount
        return found


def test_the_eu_in_the_other_format_changes_no_more_than_what_it_says():
    load("eu", content("eu.xml"))
    counts = load("eu", content("eu.csv"))
    assert (counts.added, counts.changed, counts.unchanged, counts.delisted) == (0, 0, 2, 0)


def test_a_newer_file():
    names = ["ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX"]
    load("un", un(*names))
    counts = load("un", un("ONE", "TWO", "OTHER", "FOUR", "FIVE", day="2031-03-15"))
    assert (counts.added, counts.changed, counts.unchanged, counts.delisted) == (0, 1, 4, 1)
    gone, other, same = (SanctionEntry.objects.get(reference=f"QDe.{number}") for number in (5, 2, 0))
    assert gone.delisted_on == date(2031, 3, 15) and gone not in SanctionEntry.objects.in_force(date(2031, 3, 15))
    assert gone.generated_on == DAY and same.generated_on == date(2031, 3, 15) and other.folded == ["other"]
    load("un", un(*names, day="2031-03-16"))
    gone.refresh_from_db()
    assert gone.delisted_on is None


def test_an_older_file_is_refused():
    load("un", un("ONE"))
    with pytest.raises(ListError, match="older than the last one, which is of 2031-03-14"):
        load("un", un("ONE", "TWO", day="2031-03-13"))
    assert SanctionEntry.objects.count() == 1
    load("eu", content("eu.xml").replace(b"2031-03-14", b"2030-03-14"))  # each list has its own days


def test_half_a_file_is_refused():
    load("un", un(*(f"NAME {number}" for number in range(10))))
    seven = un(*(f"NAME {number}" for number in range(7)), day="2031-03-15")
    with pytest.raises(ListError, match="would delist 3 of 10 entries"):
        load("un", seven)
    assert not SanctionEntry.objects.exclude(delisted_on=None).exists() and not SanctionEntry.objects.exclude(generated_on=DAY).exists()
    assert load("un", seven, force=True).delisted == 3
    assert SanctionEntry.objects.in_force(date(2031, 3, 15)).count() == 7


def test_the_lists_do_not_touch_each_other():
    load("un", UN)
    load("seco", content("seco.xml"))
    assert SanctionEntry.objects.filter(list="un", delisted_on=None).count() == 2


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (UN[:-200], "broken or incomplete"),
        (un("ONE").replace(b"</ENTITIES>", UN.partition(b"<ENTITIES>")[2].replace(b"2010-01-01", b"x")), "LISTED_ON: 'x' is no day"),
        (un(), "lists nobody"),
        (un("ONE", "TWO").replace(b"QDe.1", b"QDe.0"), "QDe.0 stands in the file twice"),
    ],
)
def test_all_or_nothing(data, sentence):
    load("un", un("BEFORE", day="2031-03-01"))
    with pytest.raises(ListError, match=sentence):
        load("un", data)
    assert [entry.name for entry in SanctionEntry.objects.all()] == ["BEFORE"]


def test_the_command_says_what_is_wrong(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_sanctions", "un", tmp_path / "none.xml")
    with pytest.raises(CommandError, match=r"eu\.xml: This is another file.*Nothing was imported"):
        call_command("import_sanctions", "un", FILES / "eu.xml")
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("import_sanctions", "ofac", FILES / "eu.xml")


# Whom it stops


def stopped() -> set[str]:
    return {hit.organisation.name for hit in SanctionHit.objects.blocking(NOW.date()).select_related("organisation")}


@pytest.mark.parametrize("kind", Organisation.Kind.values)
def test_an_organisation_of_that_name_is_stopped_at_once(told, kind):
    listed = organisation("ООО «Рога и копыта трейдинг»".replace("трейдинг", "Trading"), kind)
    organisation("Рога и копыта")
    counts = load("un", UN)
    hit = SanctionHit.objects.get()
    assert counts.hits == 1 and hit.organisation == listed and hit.name == "ROGA I KOPYTA TRADING" and hit.verdict == ""
    assert told == [listed] and stopped() == {listed.name}
    load("un", UN)
    assert SanctionHit.objects.count() == 1 and told == [listed]


def test_persons_stop_ships_do_not():
    organisation("ИП Вымышленный Пример")
    organisation("ООО Надежда")
    organisation("Zephyr Trading House LLC")
    load("seco", content("seco.xml"))
    assert stopped() == {"Zephyr Trading House LLC", "ИП Вымышленный Пример"}


def test_what_is_delisted_stops_nobody(told):
    listed = organisation("Former Example Bank")
    load("seco", content("seco.xml"))
    assert not SanctionHit.objects.exists()
    other = organisation("ONE")
    load("un", un("ONE", "FORMER EXAMPLE BANK"))
    assert stopped() == {"ONE", "Former Example Bank"} and told == [listed, other]
    load("un", un("ONE", "SOMETHING ELSE", day="2031-03-15"))
    assert stopped() == {"ONE", "Former Example Bank"}  # the entry stands, by another name: a person decides
    load("un", un("ONE", day="2031-03-15"), force=True)
    assert stopped() == {"ONE"} and told == [listed, other, listed]


def test_who_is_vetted_is_looked_up(cast, told):
    load("un", UN)
    new = organisation("Example Front")
    assert not stopped()
    vet_by_two(new, cast, NOW)
    assert stopped() == {"Example Front"} and told == [new]
    unvet(new, by=cast["timur"], now=NOW)
    with pytest.raises(NotVettable, match="sanctions list"):
        vet_by_two(new, cast, NOW)
    decide_hit(SanctionHit.objects.get(), "other", "Another country", by=cast["timur"], now=NOW)
    vet_by_two(new, cast, NOW)
    assert SanctionHit.objects.count() == 1


def test_a_person_decides(cast, told):
    listed = organisation("Example Front")
    load("un", UN)
    hit = SanctionHit.objects.get()
    for verdict, reason in [("other", " "), ("", "x"), ("perhaps", "x")]:
        with pytest.raises(ValueError, match="reason"):
            decide_hit(hit, verdict, reason, by=cast["timur"], now=NOW)
    for key in ("elena", "ildar", "manizha"):
        with pytest.raises(PermissionDenied):
            decide_hit(hit, "other", "It is us", by=cast[key], now=NOW)
    decide_hit(hit, "same", "Same address", by=cast["timur"], now=NOW)
    assert stopped() == {"Example Front"} and told == [listed]
    decide_hit(hit, "other", "Another country", by=cast["timur"], now=NOW)
    assert not stopped() and told == [listed, listed]
    load("un", UN)
    assert not stopped()  # what a person has decided stands
    Membership.objects.create(user=cast["timur"], organisation=listed)
    with pytest.raises(PermissionDenied):
        decide_hit(hit, "same", "x", by=cast["timur"], now=NOW)


def test_the_database_holds_no_verdict_without_a_person_and_a_reason():
    organisation("Example Front")
    load("un", UN)
    with pytest.raises(IntegrityError), transaction.atomic():
        SanctionHit.objects.update(verdict="other", reason="x")


@pytest.mark.django_db(transaction=True)
def test_an_organisation_registered_during_an_import_is_found_by_one_of_them(transactional_db):
    """Whoever looks up waits for the import; whoever imports waits for the one who looks up."""
    begun, ends = Barrier(2), []

    def look() -> None:
        try:
            begun.wait(PATIENCE)
            new = organisation("Example Front")
            ends.append(("looked", look_up(new, NOW)))
        finally:
            connection.close()

    seeker = Thread(target=look)
    seeker.start()

    def slow(_read: int) -> None:
        if not ends and not begun.broken:
            begun.wait(PATIENCE)
            until(lambda: somebody_waits_for_a_row() or ends)
            ends.append(("imported", 0))

    load("un", UN, progress=slow)
    seeker.join(PATIENCE)
    assert [what for what, _ in ends] == ["imported", "looked"] and stopped() == {"Example Front"}


# The console


def test_the_console(one_click, told):
    listed = organisation("Example Front")
    load("un", UN)
    hit, client = SanctionHit.objects.get(), one_click("timur")
    page = client.get("/admin/organisations/sanctionentry/", {"q": "VYMYSHLENNY"}).content.decode()
    assert "QDi.999" in page and "QDe.999" not in page
    entry = f"/admin/organisations/sanctionentry/{hit.entry_id}/change/"
    assert client.get(entry).status_code == 200 and client.post(entry, {"name": "X"}).status_code == 403
    url = f"/admin/organisations/sanctionhit/{hit.pk}/change/"
    page = client.get(url)
    assert "Example Front" in page.content.decode()
    form = type(page.context["adminform"].form)
    assert [form(values, instance=hit).is_valid() for values in ({"verdict": "other"}, {"reason": "x"})] == [False, False]
    assert client.post(url, {"verdict": "other", "reason": "Registered elsewhere"}).status_code == 302 and not stopped()
    hit.refresh_from_db()
    assert hit.decided_by.email == "timur@safar.example.org" and hit.decided_at is not None and told == [listed, listed]
    assert client.post(f"/admin/organisations/sanctionhit/{hit.pk}/delete/", {"post": "yes"}).status_code == 403
    assert one_click("elena").get(url).status_code == 403


def test_renaming_in_the_console_is_looked_up(one_click):
    load("un", UN)
    client, listed = one_click("timur"), organisation("Harmless")
    values = {"kind": "employer", "name": "Example Front LLC", "country": "RU"} | {
        f"memberships-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }
    assert client.post(f"/admin/organisations/organisation/{listed.pk}/change/", values).status_code == 302
    assert client.post("/admin/organisations/organisation/add/", values | {"name": "Example-Front"}).status_code == 302
    assert stopped() == {"Example Front LLC", "Example-Front"}


def test_operators_are_told_on_their_home(one_click):
    organisation("Example Front")
    load("un", UN)
    page = one_click("timur").get("/en/").content.decode()
    assert "Names on sanctions lists" in page and "/admin/organisations/sanctionhit/" in page
