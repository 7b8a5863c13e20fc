"""Uzbek in both alphabets: words, every text that we have, and whole pages."""

import re
from time import process_time

import polib
import pytest
import yaml
from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from portal.ui.cyrillic import in_cyrillic, in_latin
from portal.ui.cyrillic_pages import page_in_cyrillic, uzbek_in_cyrillic

# As dictionaries spell them.
_WORDS = """
sentabr сентябрь oktabr октябрь noyabr ноябрь dekabr декабрь yanvar январь fevral февраль aprel апрель iyun июнь iyul июль
sentabrda сентябрда iyundan июндан brigada бригада brigadir бригадир litsenziya лицензия litsenziyasi лицензияси migratsiya миграция
politsiya полиция politsiyachi полициячи deportatsiya депортация registratsiya регистрация komissiya комиссия pensiya пенсия
versiya версия kvitansiya квитанция vakansiya вакансия vakansiyalarga вакансияларга inspeksiya инспекция infeksiya инфекция aksiya акция
konstitutsiya конституция ofitsiant официант konditsioner кондиционер koeffitsiyent коэффициент sirk цирк sirkul циркуль sement цемент
sementni цементни sex цех sexda цехда sentr центр silindr цилиндр vaksina вакцина retsept рецепт konsert концерт protsent процент
ofitser офицер shpris шприц kvars кварц cherepitsa черепица pitsa пицца shveysariya швейцария obyekt объект obyektda объектда
subyekt субъект syomka съёмка syezd съезд adyutant адъютант inyeksiya инъекция kompyuter компьютер kompyuterda компьютерда kuryer курьер
premyera премьера film фильм filtr фильтр asfalt асфальт detal деталь detallar деталлар kafel кафель kabel кабель rubl рубль
rublga рублга nol ноль noldan нолдан rul руль parol пароль profil профиль panel панель mebel мебель model модель avtomobil автомобиль
mobil мобиль kalendar календарь tokar токарь slesar слесарь albom альбом kultura культура rezultat результат tabel табель
shtabelyor штабелёр bordyur бордюр shpaklyovka шпаклёвка samolyot самолёт valyuta валюта menyu меню byudjet бюджет rezyume резюме
hamyon ҳамён dunyo дунё daryo дарё tayyor тайёр qiyin қийин eng энг ekran экран elchixona элчихона poeziya поэзия aeroport аэропорт
reyestr реестр loyiha лойиҳа foyda фойда yetti етти yer ер qayerda қаерда keyin кейин yevropa европа yoʻl йўл yoʻq йўқ yogʻoch ёғоч
yurist юрист yangi янги oʻzbek ўзбек gʻisht ғишт togʻ тоғ maʼlumot маълумот sanʼat санъат meʼyor меъёр qatʼiy қатъий aʼlo аъло
isʼhoq исҳоқ mashhur машҳур shahar шаҳар choy чой ish иш hujjatsiz ҳужжатсиз muddatsiz муддатсиз jurnal журнал xalqaro халқаро
"""
WORDS = _WORDS.split()
PAIRS = list(zip(WORDS[::2], WORDS[1::2], strict=True))


def test_words_both_ways():
    assert len(PAIRS) > 120
    assert {latin: in_cyrillic(latin) for latin, _ in PAIRS} == dict(PAIRS)
    assert {cyrillic: in_latin(cyrillic) for _, cyrillic in PAIRS} == {cyrillic: latin for latin, cyrillic in PAIRS}


def strings(tree) -> list[str]:
    if isinstance(tree, str):
        return [tree]
    parts = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else []
    return [text for part in parts for text in strings(part)]


def test_every_uzbek_text_comes_back_as_it_was():
    """Russian names in brackets are Cyrillic before and after: what stands between them is ours."""
    files = [path for path in settings.BASE_DIR.glob("**/content/uz*") if ".venv" not in path.parts]
    files = [file for path in files for file in ([path] if path.is_file() else path.glob("*.yaml"))]
    texts = [text for file in files for text in strings(yaml.safe_load(file.read_text(encoding="utf-8")))]
    for entry in polib.pofile(str(settings.BASE_DIR / "locale/uz/LC_MESSAGES/django.po")):
        texts += [entry.msgstr, *entry.msgstr_plural.values()]
    parts = {part for text in texts for part in re.split(r"[Ѐ-ӿ]+", text)}
    assert len(files) >= 5 and len(parts) > 3000
    assert {part: in_latin(in_cyrillic(part)) for part in parts if in_latin(in_cyrillic(part)) != part} == {}


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("OʻZBEKISTON Shahar Choy Sh. Oʻ", "ЎЗБЕКИСТОН Шаҳар Чой Ш. Ў"),
        ("o'zbek, o‘zbek, maʼno, ma'no, g`isht", "ўзбек, ўзбек, маъно, маъно, ғишт"),
        ("SMS, SMSni, QR-kod, PDF, XXI asr, B1, A4", "SMS, SMSни, QR-код, PDF, XXI аср, B1, A4"),
        ("migration.tj, info@safar.uz, https://my.gov.uz/uz/", "migration.tj, info@safar.uz, https://my.gov.uz/uz/"),
        ("WhatsApp, iPhone, RuStore, {day}", "WhatsApp, iPhone, RuStore, {day}"),
        ("Migratsiya kartasi («Миграционная карта»)", "Миграция картаси («Миграционная карта»)"),
    ],
)
def test_what_is_no_uzbek_word_stays(latin, cyrillic):
    assert in_cyrillic(latin) == cyrillic


def test_a_page_is_rewritten_where_it_is_read_and_nowhere_else():
    assert page_in_cyrillic(
        '<!doctype html>\n<html lang="uz"><head><title>Yoʻl</title><meta name="description" content="Ish"><meta name="robots" content="noindex">'
        "<style>.ish{}</style><script>const ish = 1 < 2;</script></head><body><!-- ish -->"
        '<a href="/uz/ish/?q=ish" title="Ish">Ish &amp; o&#x27;qish &lt;b&gt;</a><a href="/ru/">x</a><a href="/uz/" lang="uz" hreflang="uz">Oʻz</a>'
        '<svg viewBox="0 0 1 1" aria-label="Yoʻl"><path d="M0 0h1"/></svg><img src="/a.png" alt="Yoʻl"><br>'
        '<form action="/uz/ish/"><input name="ism" value="Ish" placeholder="Ism"><input type=submit value="Yoʻq"><textarea>Ish</textarea>'
        '<button name="ish" value="ish">Ish</button></form><p>Ish<li>Ish</ul><p translate="no">Ali <b>Vali</b></p><p lang="ru">Ish<i lang="uz">Ish</i></p>'
        '<code>ish</code><p data-full="Joy yoʻq: {day}" data-key="ish" data-paths="/uz/a/ /b/">Ish</p>oxiri'
    ) == (
        '<!doctype html>\n<html lang="uz-Cyrl"><head><title>Йўл</title><meta name="description" content="Иш"><meta name="robots" content="noindex">'
        "<style>.ish{}</style><script>const ish = 1 < 2;</script></head><body><!-- ish -->"
        '<a href="/uz-cyrl/ish/?q=ish" title="Иш">Иш &amp; ўқиш &lt;б&gt;</a><a href="/ru/">х</a><a href="/uz/" lang="uz" hreflang="uz">Oʻz</a>'
        '<svg viewbox="0 0 1 1" aria-label="Йўл"><path d="M0 0h1"/></svg><img src="/a.png" alt="Йўл"><br>'
        '<form action="/uz-cyrl/ish/"><input name="ism" value="Ish" placeholder="Исм"><input type="submit" value="Йўқ"><textarea>Ish</textarea>'
        '<button name="ish" value="ish">Иш</button></form><p>Иш<li>Иш</ul><p translate="no">Ali <b>Vali</b></p><p lang="ru">Ish<i lang="uz-Cyrl">Иш</i></p>'
        '<code>ish</code><p data-full="Жой йўқ: {day}" data-key="ish" data-paths="/uz-cyrl/a/ /b/">Иш</p>охири'
    )


def test_files_and_streams_stay():
    request = RequestFactory().get("/uz-cyrl/x/")
    for answer in (HttpResponse("ish", content_type="application/json"), HttpResponse(b"ish", content_type="application/pdf")):
        assert uzbek_in_cyrillic(lambda request, answer=answer: answer)(request).content == b"ish"
    stream = uzbek_in_cyrillic(lambda request: StreamingHttpResponse(iter([b"ish"]), content_type="text/html"))(request)
    assert b"".join(stream) == b"ish"


@pytest.mark.django_db
def test_pages_stand_under_their_own_addresses(client):
    latin, cyrillic = client.get("/uz/help/"), client.get("/uz-cyrl/help/")
    html = cyrillic.content.decode()
    assert cyrillic.status_code == 200 and '<html lang="uz-Cyrl">' in html and int(cyrillic["Content-Length"]) == len(cyrillic.content)
    assert cyrillic["Cache-Control"] == latin["Cache-Control"] and not cyrillic.cookies
    assert 'href="/uz-cyrl/learn/"' in html and not re.search(r'href="/uz/(?!help/" lang="uz")', html)
    assert '<a href="/uz-cyrl/help/" lang="uz-Cyrl" hreflang="uz-Cyrl"' in latin.content.decode()
    assert html.count('aria-current="true"') == 1 and 'hreflang="uz-Cyrl" aria-label="ЎЗ: Ўзбекча" aria-current="true"' in html
    assert "uz-cyrl" not in client.get("/tg/help/").content.decode()
    assert client.get("/uz-cyrl/no-such-page/").status_code == 404
    for path, to in (("/uz-cyrl", "/uz-cyrl/"), ("/uz-cyrl/help", "/uz-cyrl/help/"), ("/uz-cyrl/me/", "/uz-cyrl/sign-in/?next=/uz/me/")):
        assert client.get(path)["Location"] == to
    assert "(tg|ky|uz|ru|en|uz-cyrl)" in client.get("/sw.js").content.decode()


@pytest.mark.django_db
def test_forms_work_and_come_back_in_cyrillic():
    client = Client(HTTP_SEC_FETCH_SITE="same-origin")
    sent = client.post("/uz-cyrl/learn/russia-documents/corridor/", {"corridor": "UZ-RU"})
    assert (sent.status_code, sent["Location"]) == (302, "/uz-cyrl/learn/russia-documents/")
    wrong = client.post("/uz-cyrl/learn/russia-documents/papers/1/", {})
    assert wrong.status_code == 400 and 'action="/uz-cyrl/learn/russia-documents/papers/1/"' in wrong.content.decode()
    html = client.get("/uz-cyrl/learn/search/", {"q": "рўйхат Ali"}).content.decode()
    assert 'value="рўйхат Ali"' in html and "<mark>рўйхат" in html


@pytest.mark.parametrize("sign", ["-", "'", "1.", "a."])
def test_a_long_line_of_signs_costs_no_seconds(sign):
    before = process_time()
    in_cyrillic(sign * 10_000)
    assert process_time() - before < 0.5
