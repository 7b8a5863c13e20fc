"""The directory of products, and trials of some: who signs up is asked once, answers are counted, and small counts are hidden."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.template import engines
from django.utils import timezone

from portal.accounts.erase import erase_everything
from portal.accounts.models import User
from portal.celery import app
from portal.outbox.models import Message
from remittances.models import PilotSignUp, Product
from remittances.products.answer import answer
from remittances.products.ask import ask_due
from remittances.products.count import count_trials
from remittances.products.demo import load_demo_products, load_demo_trials
from remittances.products.sign_up import TrialOver, leave, sign_up
from remittances.tasks import ask_about_trials
from tests.people import NOW
from tests.remittances.page import text_of
from tests.remittances.products import a_product

pytestmark = pytest.mark.django_db
LIST = "/en/money/products/"
Answer = PilotSignUp.Answer


def page(client, path: str = LIST, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.status_code
    return text_of(response.content.decode())


def send(client, path: str, **data: str):
    return client.post(path, {"submission_key": str(uuid4())} | data)


class TestDirectory:
    def test_without_any_it_says_what_to_ask(self, client):
        Product.objects.all().delete()
        text = page(client)
        assert "No product is looked up yet" in text and "Who gave you your licence" in text and "Filters" not in text

    def test_filters(self, client):
        Product.objects.all().delete()
        a_product("one", title="Goal", is_interest_free=True, countries=["TJ", "UZ"])
        a_product("two", title="Cover", kind="insurance", women_note="In her own name.")
        a_product("three", title="Secret", is_listed=False)
        for query, found in {
            "": ["Goal", "Cover"],
            "?country=UZ": ["Goal"],
            "?kind=insurance": ["Cover"],
            "?interest_free=1": ["Goal"],
            "?women=1": ["Cover"],
            "?women=1&country=UZ": [],
            "?country=XX&kind=%00&women=yes&interest_free=-5&page=1e15": ["Goal", "Cover"],
        }.items():
            text = page(client, LIST + query)
            assert [name for name in ("Goal", "Cover", "Secret") if name in text] == found, query
        assert "Nothing fits this search" in page(client, f"{LIST}?kind=pension")
        assert "Cover" in page(client, "/tg/money/products/?women=1"), "its texts are English there too"

    def test_a_page_says_where_the_licence_stands(self, client, django_assert_num_queries):
        found = a_product(women_note="In her own name.", is_interest_free=True, languages=["tg", "kk"], is_demo=True)
        with django_assert_num_queries(1):
            text = page(client, f"{LIST}{found.slug}/")
        for said in ("0000-B", "Look it up in the register", "It is free. You may leave at any time.", "Тоҷикӣ, Қазақша", "Tajikistan"):
            assert said in text, said
        assert (
            "without interest" in text
            and "made up for the demo" in text
            and "In her own name." in text
            and "Do you want to try it" not in text
        )
        html = client.get(f"/ky/money/products/{found.slug}/").content.decode()
        assert '<h1 lang="en">Savings for one goal</h1>' in html

    def test_an_ended_licence_takes_it_off_every_page(self, client, cast):
        today = timezone.localdate()
        found = a_product(licence_valid_to=today, is_pilot=True)
        assert found.title in page(client)
        Product.objects.update(licence_valid_to=today - timedelta(days=1))
        assert found.title not in page(client) and page(client, f"{LIST}{found.slug}/", 404)
        with pytest.raises(TrialOver):
            sign_up(found, cast["farrukh"], timezone.now())

    @pytest.mark.parametrize("slug", ["nope", "%00", "a" * 200, "1e15"])
    def test_nothing_there(self, client, slug):
        assert client.get(f"{LIST}{slug}/").status_code == 404


class TestTrial:
    @pytest.fixture
    def trial(self, db) -> Product:
        return a_product(is_pilot=True)

    def test_sign_up_twice_and_leave(self, client, signed_in, trial, cast):
        own = f"{LIST}{trial.slug}/"
        assert "Sign in" in page(client, own) and "/sign-in/" in send(client, f"{own}try/")["Location"]
        farrukh = signed_in("farrukh")
        assert "The provider is not told your name" in page(farrukh, own)
        key = str(uuid4())
        for _ in range(2):
            assert farrukh.post(f"{own}try/", {"submission_key": key})["Location"] == own
        send(farrukh, f"{own}try/")
        mine = PilotSignUp.objects.get()
        assert mine.user == cast["farrukh"] and "You are trying this" in page(farrukh, own)
        assert signed_in("aigul").post(f"{own}leave/", {"submission_key": str(uuid4())}).status_code == 404, "she has nothing to leave"
        send(farrukh, f"{own}leave/")
        assert PilotSignUp.objects.get().left_at and "Do you want to try it" in page(farrukh, own)

    def test_what_is_no_trial_any_more_says_so(self, signed_in, trial):
        farrukh, own = signed_in("farrukh"), f"{LIST}{trial.slug}/"
        Product.objects.update(is_pilot=False)
        refused = send(farrukh, f"{own}try/")
        assert refused.status_code == 409 and "This trial is over." in text_of(refused.content.decode())
        Product.objects.update(is_listed=False)
        assert send(farrukh, f"{own}try/").status_code == 404 and not PilotSignUp.objects.exists()

    def test_asked_once_after_thirty_days(self, trial, cast):
        began = timezone.now()
        mine = sign_up(trial, cast["farrukh"], began)
        gone = sign_up(trial, cast["aigul"], began)
        leave(gone, began)
        assert ask_due(began + timedelta(days=29, hours=23)) == 0
        due = began + timedelta(days=30)
        Product.objects.update(is_listed=False)  # who tried it can say so all the same
        assert ask_due(due) == 1 and ask_due(due) == 0 and ask_due(due + timedelta(days=90)) == 0
        told = Message.objects.get(to=cast["farrukh"], channel="app")
        assert told.link == "money/products/goal-savings/answer/" and "Yongoqbonk" not in told.body + told.subject
        leave(mine, due)
        Product.objects.update(is_listed=True)
        again = sign_up(trial, cast["farrukh"], due)
        assert again.left_at is None and again.signed_up_at == began and ask_due(due + timedelta(days=90)) == 0
        assert sign_up(trial, cast["aigul"], due).signed_up_at == due, "who was not asked begins anew"

    def test_the_beat_asks(self, trial, cast):
        sign_up(trial, cast["farrukh"], timezone.now() - timedelta(days=31))
        assert any(row["task"] == "remittances.ask_about_trials" for row in app.conf.beat_schedule.values())
        ask_about_trials()
        assert PilotSignUp.objects.get().asked_at

    def test_an_answer_can_be_changed(self, signed_in, trial, cast):
        farrukh, where = signed_in("farrukh"), f"{LIST}{trial.slug}/answer/"
        mine = sign_up(trial, cast["farrukh"], NOW - timedelta(days=40))
        assert farrukh.get(where).status_code == 404, "nobody has asked yet"
        with pytest.raises(PilotSignUp.DoesNotExist):
            answer(mine, Answer.USES, NOW)
        ask_due(NOW)
        Product.objects.update(is_listed=False)
        for wrong in ("", "5", "\0", "USES"):
            assert send(farrukh, where, answer=wrong).status_code == 400
        for said in ("refused", "uses"):
            assert send(farrukh, where, answer=said)["Location"] == where
            assert PilotSignUp.objects.get().answer == said
        assert "Thank you" in page(farrukh, where) and signed_in("aigul").get(where).status_code == 404

    def test_who_is_forgotten_leaves_an_answer_of_nobody(self, trial, cast):
        for key in ("farrukh", "aigul"):
            sign_up(trial, cast[key], NOW - timedelta(days=40))
        ask_due(NOW)
        answer(PilotSignUp.objects.get(user=cast["farrukh"]), Answer.USES, NOW)
        for key in ("farrukh", "aigul"):
            erase_everything(cast[key], NOW)
        kept = PilotSignUp.objects.get()
        assert kept.user is None and kept.answer == "uses"


class TestCounts:
    def tried(self, product: Product, counts: dict[str, int], number: int = 0) -> None:
        """`counts`: by answer; "asked" has not answered, "new" is not asked."""
        for said, count in counts.items():
            for _ in range(count):
                user = User.objects.create_user(email=f"person{PilotSignUp.objects.count()}@example.org")
                values = {"asked_at": None if said == "new" else NOW} | (
                    {"answer": said, "answered_at": NOW} if said in Answer.values else {}
                )
                PilotSignUp.objects.create(product=product, user=user, signed_up_at=NOW, **values)

    def test_small_ones_are_hidden_with_what_would_tell_them(self):
        product = a_product()
        self.tried(product, {"uses": 14, "stopped": 11, "refused": 3, "new": 12, "asked": 10})
        [result] = count_trials(Product.objects.filter(pk=product.pk))
        assert [count for _label, count in result.answers] == [14, 11, None, None]
        assert (result.signed_up, result.asked, result.answered) == ("50", 38, None)

    def test_of_few_nothing_is_told(self):
        product = a_product()
        self.tried(product, {"uses": 2, "new": 3})
        [result] = count_trials(Product.objects.filter(pk=product.pk))
        assert result.signed_up == "fewer than 10" and result.asked is result.answered is None
        assert {count for _label, count in result.answers} == {None}

    def test_for_operators_all_for_authorities_their_countries_for_others_nothing(self, client, one_click, signed_in, cast):
        where = "/en/money/figures/"
        Product.objects.all().delete()
        for number, (slug, country) in enumerate({"at-home": "TJ", "elsewhere": "KG"}.items()):
            self.tried(a_product(slug, title=f"Product {slug}", countries=[country]), {"uses": 12 + number, "new": 20})
        operator, authority = page(one_click("timur"), where), page(one_click("nigora"), where)
        assert "at-home" in operator and "elsewhere" in operator and "Kyrgyzstan → Kazakhstan" in operator and "no road named" in operator
        assert "at-home" in authority and "elsewhere" not in authority and "Kyrgyzstan" not in authority and "no road" not in authority
        assert "Each person counts once" in authority
        for key in ("farrukh", "ildar", "manizha", "rustam", "elena"):
            assert one_click(key).get(where).status_code == 404, key
        assert "/sign-in/" in client.get(where)["Location"] and "/me/second-factor/" in signed_in("timur").get(where)["Location"]
        for key in ("timur", "nigora"):
            assert where in one_click(key).get("/en/").content.decode(), key


def test_the_demos_products_are_marked_whole_in_five_languages_and_tried(settings, cast):
    settings.DEMO = True
    for _ in range(2):
        load_demo_products(NOW)
        load_demo_trials([cast[key] for key in ("farrukh", "aigul", "dilnoza")], NOW)
    shown = Product.objects.listed(timezone.localdate())
    assert {product.kind for product in shown} == set(Product.Kind.values) and all(product.is_demo for product in shown)
    for product in shown:
        for language in ("en", "ru", "tg", "ky", "uz"):
            texts = [getattr(product, f"{name}_{language}") for name in ("title", "summary", "conditions")]
            assert all(texts) and bool(product.women_note_en) == bool(getattr(product, f"women_note_{language}")), (product, language)
    assert PilotSignUp.objects.count() == 3 * shown.filter(is_pilot=True).count()
    assert PilotSignUp.objects.filter(answer="").exists() and PilotSignUp.objects.exclude(answer="").exists()


class TestConsole:
    @pytest.fixture(autouse=True)
    def _forgiving_templates(self, monkeypatch) -> None:
        """The console's own page of a form with errors prints a variable that it does not have."""
        monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")

    def typed(self, **given: str | list[str]) -> dict[str, str | list[str]]:
        texts = {"title_en": "Goal", "summary_en": "Put aside.", "conditions_en": "Free."}
        licence = {"licence": "0000-B", "licence_source": "https://example.org/register"}
        said = {
            "slug": "goal",
            "kind": "savings",
            "provider": "Bank",
            "countries": ["TJ", "RU"],
            "languages": ["tg", "kk"],
            "is_listed": "on",
        }
        return texts | licence | said | {"checked_today": "on"} | given

    def test_an_operator_writes_one_down(self, one_click, client, cast):
        operator = one_click("timur")
        where = "/admin/remittances/product/add/"
        assert operator.get(where).status_code == 200
        for lacking, why in {
            "licence": "required",
            "licence_source": "required",
            "countries": "required",
            "checked_today": "Look at both first",
        }.items():
            refused = operator.post(where, {name: value for name, value in self.typed().items() if name != lacking})
            assert refused.status_code == 200 and why in refused.content.decode() and not Product.objects.exists(), lacking
        mixed = operator.post(where, self.typed(title_tg="Мақсад"))
        assert mixed.content.decode().count("Write all texts in this language") == 2
        ended = operator.post(where, self.typed(licence_valid_to="2020-01-01"))
        assert "This licence has ended" in ended.content.decode()
        assert operator.post(where, self.typed()).status_code == 302
        kept = Product.objects.get()
        assert (kept.checked_by, kept.checked_on, kept.is_demo) == (cast["timur"], timezone.localdate(), False)
        assert kept.countries == ["TJ", "RU"] and "Goal" in page(client)

    def test_a_slip_of_the_pen_is_no_check_and_listing_is(self, one_click, cast):
        found = a_product("goal", is_listed=False)
        before, operator, where = found.checked_on, one_click("timur"), f"/admin/remittances/product/{found.pk}/change/"
        typed = {name: value for name, value in self.typed().items() if name not in ("checked_today", "is_listed", "slug")}
        assert operator.post(where, typed | {"provider": "Bonk"}).status_code == 302
        found.refresh_from_db()
        assert found.provider == "Bonk" and found.checked_on == before and found.checked_by is None
        assert "Look at both first" in operator.post(where, typed | {"is_listed": "on"}).content.decode()
        assert operator.post(where, typed | {"is_listed": "on", "checked_today": "on"}).status_code == 302
        found.refresh_from_db()
        assert found.is_listed and found.checked_on == timezone.localdate() and found.slug == "goal"

    def test_for_operators_only(self, one_click):
        assert one_click("elena").get("/admin/remittances/product/").status_code == 403
        assert one_click("nigora").get("/admin/remittances/product/").status_code == 302
