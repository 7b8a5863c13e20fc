"""The weights in a real browser: the sum is told while somebody types; axe finds nothing serious, and no page is wider than its window."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from matching.models import ScoringWeights, WeightsTrial
from matching.score_vacancies import current_weights
from tests.browser.jobs import sign_in
from tests.browser.steps import follow
from tests.browser.test_accessibility import faults
from tests.matching.weights.test_trial import FAR_FIRST, a_market
from tests.matching.weights.versions import a_proposal, an_operator, timur, tried


@pytest.fixture
def row(settings, live_server) -> ScoringWeights:
    settings.DEMO = True
    a_market()
    first = current_weights(timezone.now())
    rarity = {skill: weight + 100 for skill, weight in first.numbers["rarity"].items()}
    return a_proposal(an_operator("gulnora"), suits=FAR_FIRST, rarity=rarity)


def test_the_sum_is_told_while_somebody_types(page, row):
    sign_in(page, "en", "timur")
    page.goto("/en/jobs/weights/new/")
    fits, suits = page.locator("output").all()
    expect(fits).to_have_text("Together 100.")
    page.get_by_label("Experience").fill("20")
    expect(fits).to_have_text("Together 105. It must be 100: take 5 away.")
    page.get_by_label("Experience").fill("")
    expect(fits).to_have_text("Together 85. It must be 100: add 15.")
    expect(suits).to_have_text("Together 100.")
    page.get_by_label("Experience").fill("10")
    page.get_by_label("Useful skills").fill("15")
    page.get_by_label("What is different").fill("Skills that help count more.")
    follow(page, page.get_by_role("button", name="Propose"))
    follow(page, page.get_by_role("button", name="Compare on today’s data"))
    expect(page.get_by_text("waits for a worker")).to_be_visible()
    assert ScoringWeights.objects.get(proposed_by=timur()).numbers["fits"] == {"E": 40, "O": 15, "C": 25, "X": 10, "L": 10}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_them(page, row, scheme):
    trial = tried(row, timur())
    failed = WeightsTrial.objects.create(
        before=trial.before, after=row, day=trial.day, asked_by=timur(), asked_at=timezone.now(), finished_at=timezone.now(), fault="Why."
    )
    page.emulate_media(color_scheme=scheme)
    sign_in(page, "en", "timur")
    version = f"{row.digest}/"
    found = []
    for path in ("", "new/", version, f"{trial.before.digest}/", f"trials/{trial.uid}/", f"trials/{failed.uid}/"):
        assert page.goto(f"/en/jobs/weights/{path}").status == 200
        found += [(path, fault) for fault in faults(page, scheme)]
    assert found == []
