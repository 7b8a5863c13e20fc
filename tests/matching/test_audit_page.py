"""The pages of audits: who may read them, what they say, and what they hide."""

import re
from datetime import date, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from matching.audit import lines_of
from matching.models import Reach, ScoringAudit, ScoringRun
from matching.score_vacancies import current_weights
from portal.organisations.models import Organisation
from portal.outbox.models import Message
from tests.matching.test_audit import NOVEMBER, OCTOBER, THEN, audit_month, bits_of, people, reach
from tests.portal.home import home_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit(cast) -> ScoringAudit:
    """November: 20 of 50 women and 45 of 50 men in lists, as in October; and eight people who have not said."""
    women, men, others = people(50, "woman"), people(50, "man", citizenship="UZ"), people(8, "", citizenship="KG")
    for month in (OCTOBER, NOVEMBER):
        reach(month, [*women[:20], *men[:45]], "eligible", "listed")
        reach(month, [*women[20:], *men[45:], *others], "eligible")
        found = audit_month(month, THEN)
    return found


def text_of(client: Client, path: str) -> str:
    """The words of a page's main part, in a line."""
    page = client.get(path).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)))


class TestWho:
    @pytest.mark.parametrize(
        ("who", "status"),
        [("timur", 200), ("nigora", 200), ("manizha", 404), ("ildar", 404), ("rustam", 404), ("elena", 404), ("farrukh", 404)],
    )
    def test_may_read(self, one_click, audit, who, status):
        client = one_click(who)
        assert client.get("/en/jobs/audit/").status_code == status
        assert client.get(f"/en/jobs/audit/{audit.uid}/").status_code == status

    def test_a_visitor_is_sent_to_sign_in(self, client, audit):
        for path in ("", f"{audit.uid}/"):
            assert "/sign-in/" in client.get(f"/en/jobs/audit/{path}")["Location"]

    def test_operators_show_their_second_factor_and_authorities_need_none(self, signed_in, audit):
        Message.objects.all().delete()  # the notice, which is newer than the code
        operator, authority = signed_in("timur"), signed_in("nigora")
        for path in ("", f"{audit.uid}/"):
            assert "/me/second-factor/" in operator.get(f"/en/jobs/audit/{path}")["Location"]
            assert authority.get(f"/en/jobs/audit/{path}").status_code == 200

    def test_an_authority_that_nobody_has_vetted(self, one_click, audit):
        client = one_click("nigora")
        assert "/en/jobs/audit/" in [door.url for section in home_of(client).sections for door in section.doors]
        Organisation.objects.filter(kind="authority").update(vetted_at=None, vetted_by=None)
        assert client.get("/en/jobs/audit/").status_code == client.get(f"/en/jobs/audit/{audit.uid}/").status_code == 404
        assert "/en/jobs/audit/" not in [door.url for section in home_of(client).sections for door in section.doors]

    def test_one_that_is_not_there(self, one_click, cast):
        assert one_click("timur").get(f"/en/jobs/audit/{uuid4()}/").status_code == 404


class TestList:
    def test_months_first_then_runs(self, one_click, audit):
        now = timezone.now()
        run = ScoringRun.objects.create(kind="full", day=now.date(), weights=current_weights(now), started_at=now, finished_at=now)
        of_run = ScoringAudit.objects.create(run=run, made_at=now, lines=lines_of({}, None))
        page = one_click("timur").get("/en/jobs/audit/").content.decode()
        first = ScoringAudit.objects.get(month=OCTOBER)
        places = [page.index(str(one.uid)) for one in (audit, first, of_run)]
        assert places == sorted(places)
        assert page.count("2 differences, two months running") == 1 and page.count("No difference that lasts") == 1

    def test_nothing_yet(self, one_click, cast):
        text = text_of(one_click("nigora"), "/en/jobs/audit/")
        assert "No month is over yet" in text and "No run yet" in text

    def test_few_queries(self, one_click, cast, django_assert_max_num_queries):
        now = timezone.now()
        for number in range(25):
            values = {"kind": "full", "weights": current_weights(now), "started_at": now, "finished_at": now}
            run = ScoringRun.objects.create(day=now.date() - timedelta(days=number), **values)
            ScoringAudit.objects.create(run=run, made_at=now, lines=lines_of({}, None))
        client = one_click("timur")
        with django_assert_max_num_queries(8):
            client.get("/en/jobs/audit/?page=2")


class TestPage:
    def test_a_difference_in_plain_words(self, one_click, audit):
        text = text_of(one_click("timur"), f"/en/jobs/audit/{audit.uid}/")
        assert "November 2026" in text and "108 people look for work." in text
        said = "where 100 come this far in the group “man”, 44 of as many people do in the group “woman”. 2 months running"
        assert f"Women and men · In a list of suggestions: {said}" in text
        assert "is a skill or a level asked that the work does not need?" in text
        assert "40 % 20 of 50 difference 44 % of the best" in text and "90 % 45 of 50" in text

    def test_no_difference(self, one_click, cast):
        reach(OCTOBER, people(40, "woman"), "eligible")
        text = text_of(one_click("timur"), f"/en/jobs/audit/{audit_month(OCTOBER, THEN).uid}/")
        assert "No group gets less far than another" in text and "Differences to look into" not in text

    def test_a_small_group_is_hidden_and_what_it_follows_from(self, one_click, audit):
        """Eight have not said. With the total of 108 and one other group their number would be told, so women are hidden with them."""
        client = one_click("nigora")
        sex, citizenship, _region = client.get(f"/en/jobs/audit/{audit.uid}/").context["attributes"]
        assert [row.group for row in sex.rows] == ["woman"] and sex.unseen == ["man", "not said"]
        assert [row.group for row in citizenship.rows] == ["Uzbekistan"] and citizenship.unseen == ["Kyrgyzstan", "Tajikistan"]
        assert " 8 " not in text_of(client, f"/en/jobs/audit/{audit.uid}/")

    def test_a_small_count_of_a_large_group_is_hidden(self, one_click, cast):
        women, men, third = people(50, "woman"), people(50, "man"), people(50, "")
        reach(OCTOBER, [*women[:3], *men, *third], "eligible", "listed")
        reach(OCTOBER, women[3:], "eligible")
        found = audit_month(OCTOBER, THEN)
        client = one_click("timur")
        rows = {row.group: row.cells[1] for row in client.get(f"/en/jobs/audit/{found.uid}/").context["attributes"][0].rows}
        assert (rows["woman"].reached, rows["woman"].percent, rows["woman"].percent_of_best) == ("fewer than 10", None, None)
        assert rows["woman"].is_different
        assert sorted(rows[group].reached for group in ("man", "not said")) == ["50", "hidden"]
        text = text_of(client, f"/en/jobs/audit/{found.uid}/")
        assert "the group “woman” comes this far less often than the group" in text and " 3 of" not in text

    def test_what_the_law_decides_stands_apart(self, one_click, cast):
        women, men = people(60, "woman"), people(60, "man")
        Reach.objects.bulk_create(Reach(candidate=one, month=OCTOBER, steps=bits_of("route")) for one in women[:40])
        reach(OCTOBER, [*women[40:], *men], "eligible")
        found = audit_month(OCTOBER, THEN)
        client = one_click("timur")
        sex = client.get(f"/en/jobs/audit/{found.uid}/").context["attributes"][0]
        assert {row.group: row.law for row in sex.rows} == {"woman": ["60", "60", "20", "20"], "man": ["60"] * 4}
        text = text_of(client, f"/en/jobs/audit/{found.uid}/")
        assert "What the law decides" in text and "Differences to look into" not in text

    def test_the_audit_of_a_run_and_of_nobody(self, one_click, cast):
        now = timezone.now()
        run = ScoringRun.objects.create(kind="full", day=date(2026, 11, 21), weights=current_weights(now), started_at=now, finished_at=now)
        found = ScoringAudit.objects.create(run=run, made_at=now, lines=lines_of({}, None))
        text = text_of(one_click("timur"), f"/en/jobs/audit/{found.uid}/")
        assert "Full run of 21 November 2026" in text and "Fewer than ten people look for work." in text

    def test_many_regions_are_folded_unless_one_differs(self, one_click, cast):
        codes = ["TJ-KT", "TJ-SU", "TJ-GB", "TJ-RA", "TJ-DU", "UZ-NG", "UZ-AN", "UZ-FA", "KG-O"]
        by_region = {code: people(40, "", home_region_id=code) for code in codes}
        for month, listed in ((OCTOBER, 40), (NOVEMBER, 0)):
            for code, whose in by_region.items():
                reach(month, whose[: listed if code == "KG-O" else 40], "eligible", "listed")
                reach(month, whose[listed if code == "KG-O" else 40 :], "eligible")
            found = audit_month(month, THEN)
            page = one_click("timur").get(f"/en/jobs/audit/{found.uid}/").content.decode()
            assert ("Show all groups" in page) == (month == OCTOBER)

    def test_few_queries(self, one_click, audit, django_assert_max_num_queries):
        client = one_click("timur")
        with django_assert_max_num_queries(8):
            client.get(f"/en/jobs/audit/{audit.uid}/")
