"""What editors of the demo find: news that are out, what readers said, a fact that has changed. Through the acts that everybody uses."""

from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from modeltranslation.utils import build_localized_fieldname

from orientation.demo import must_be_demo
from orientation.facts_changed import note_changed_fact
from orientation.feedback import Tap, add_words, receive_tap
from orientation.load import FILES
from orientation.models import Fact, Feedback, Lesson, News
from orientation.news import publish_news
from orientation.reading import safe_url
from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from portal.starter import read_yaml

LASTS = timedelta(days=60)
CHANGED = "RU-RUID"
UNCLEAR, WRONG = Feedback.Kind.UNCLEAR, Feedback.Kind.WRONG
SAID: list[tuple[str, str, str, str, str]] = [  # of what, kind, language, corridor, words
    ("registration", UNCLEAR, "tg", "TJ-RU", "Рӯзи вуруд ҳам ҳисоб мешавад?"),
    ("registration", UNCLEAR, "tg", "TJ-RU", ""),
    ("registration", UNCLEAR, "uz", "UZ-RU", ""),
    ("papers", UNCLEAR, "ky", "KG-RU", ""),
    ("RU-PATENT-FEE", WRONG, "ru", "UZ-RU", "В нашей области цена уже другая."),
    ("RU-PATENT-FEE", WRONG, "uz", "UZ-RU", ""),
]


def load_demo_news(now: datetime) -> None:
    """Twice is the same as once."""
    must_be_demo()
    if not News.objects.exists():
        for row in read_yaml(FILES / "demo_news.yaml"):
            _write(row, now)
    for number, (about, kind, language, corridor, words) in enumerate(SAID):
        thing = Fact.objects.filter(code=about).first() or Lesson.objects.filter(course__slug="before-you-go", slug=about).first()
        uid = uuid5(NAMESPACE_URL, f"safar-demo-feedback-{number}")
        if thing is None or Feedback.objects.filter(uid=uid).exists():
            continue
        at = now - timedelta(days=number, hours=2)
        receive_tap(Tap(uid, kind, thing, language, corridor), at)
        if words:
            add_words(uid, words, at)
    for fact in Fact.objects.filter(code=CHANGED, changed_at=None):
        note_changed_fact(fact, now)


def _write(row: dict[str, Any], now: datetime) -> None:
    writer, reader = (User.objects.get(email=PEOPLE[key].email) for key in ("elena", "timur"))
    source = next(source for source in Fact.objects.get(code=row["fact"]).sources.all() if safe_url(source.url, source.unsafe_in))
    texts = {build_localized_fieldname(field, language): text for field in ("title", "text") for language, text in row[field].items()}
    at = now - timedelta(days=row["days_ago"])
    said = {"corridors": row["corridors"], "publisher": source.publisher, "url": source.url, "until": (now + LASTS).date()}
    news = News.objects.create(written_by=writer, **said, **texts)
    publish_news(news.pk, by=reader, now=at)
