"""Translation work of the demo in each of its states, through the same steps as editors take."""

from datetime import datetime

from django.db import transaction

from orientation.demo import must_be_demo
from orientation.models import Course, Lesson, Translation
from orientation.texts.review import approve, send_to_review
from orientation.texts.sign import sign
from orientation.texts.write import wrote
from portal.accounts.cast import PEOPLE
from portal.accounts.models import User


@transaction.atomic
def load_demo_texts(now: datetime) -> None:
    """A second time changes nothing: Elena has written something already."""
    must_be_demo()
    elena, timur, gulnora = (User.objects.get(email=PEOPLE[key].email) for key in ("elena", "timur", "gulnora"))
    if Translation.objects.filter(written_by=elena).exists():
        return
    course = Course.objects.get(slug="before-you-go")
    papers, border, registration = (Lesson.objects.get(course=course, slug=slug) for slug in ("papers", "border", "registration"))
    wrote(border, ["ky"], by=elena, now=now)
    wrote(papers, ["tg"], by=elena, now=now)
    send_to_review(papers, "tg")
    wrote(registration, ["en"], by=elena, now=now)
    send_to_review(registration, "en")
    approve(registration, "en", by=timur, now=now)
    sign(course, "ru", by=gulnora, now=now)
