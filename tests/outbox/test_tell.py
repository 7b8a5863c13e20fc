"""Telling somebody: always on their page, outside by the way they chose, once a key, in their language."""

from dataclasses import dataclass
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.accounts.models import User
from portal.outbox.choose_ways import choose_ways
from portal.outbox.models import MEMBERS_CHOOSE, WORKERS_CHOOSE, Channel, Message, Purpose
from portal.outbox.notice import Notice
from portal.outbox.purge import purge
from portal.outbox.tell import tell
from tests.outbox.conftest import NOW

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class HelpIsNear(Notice):
    """Of words that are in all catalogues."""

    purpose: Purpose = Purpose.MATCH

    def sms(self) -> str:
        return _("Help")

    def subject(self) -> str:
        return _("Help")

    def body(self) -> str:
        return _("Jobs")

    def link(self) -> str:
        return "help/"


@pytest.fixture
def worker() -> User:
    return User.objects.create_user(phone="+992900000009", language="tg")


@pytest.fixture
def member() -> User:
    return User.objects.create_user(email="m@example.org", language="uz")


def outside(user: User) -> list[tuple[str, str]]:
    return list(Message.objects.filter(to=user).exclude(channel=Channel.APP).order_by("pk").values_list("channel", "address"))


def test_a_worker_has_it_on_the_page_and_by_sms_in_their_language(worker):
    with override("ky"):  # whoever causes the news reads another one
        message = tell(worker, HelpIsNear(), NOW)
    assert (message.subject, message.body, message.link, message.language) == ("Кумак", "Кор", "help/", "tg")
    assert (message.channel, message.delivered_at, message.read_at) == (Channel.APP, NOW, None)
    sms = Message.objects.get(channel=Channel.SMS)
    assert (sms.address, sms.subject, sms.body, sms.link, sms.delivered_at) == ("+992900000009", "", "Кумак", "", None)


def test_a_member_has_it_by_mail_with_the_way_there(member, settings):
    settings.SITE_URL = "https://safar.example.org"
    tell(member, HelpIsNear(Purpose.VACANCY), NOW)
    mail = Message.objects.get(channel=Channel.MAIL)
    assert (mail.subject, mail.body) == ("Yordam", "Ish\n\nhttps://safar.example.org/uz/help/")


def test_who_is_gone_is_told_nothing(worker):
    worker.is_active = False
    assert tell(worker, HelpIsNear(), NOW) is None and not Message.objects.exists()


def test_as_chosen(worker):
    choose_ways(worker, {Purpose.MATCH: Channel.APP})
    tell(worker, HelpIsNear(), NOW)
    assert outside(worker) == []
    tell(worker, HelpIsNear(Purpose.COURSE), NOW)
    assert outside(worker) == [("sms", worker.phone)]


def test_a_way_that_is_gone_is_the_usual_one_again(worker):
    choose_ways(worker, {Purpose.MATCH: Channel.MAIL})
    tell(worker, HelpIsNear(), NOW)
    assert outside(worker) == [("sms", worker.phone)]


@pytest.mark.parametrize("purpose", [purpose for purpose in Purpose if purpose not in WORKERS_CHOOSE + MEMBERS_CHOOSE])
def test_what_is_urgent_cannot_be_turned_off(worker, purpose):
    choose_ways(worker, {purpose: Channel.APP})
    tell(worker, HelpIsNear(purpose), NOW)
    assert outside(worker) == [("sms", worker.phone)]


def test_news_that_come_together_buzz_once(worker):
    for minutes in (0, 5, 59):
        tell(worker, HelpIsNear(), NOW + timedelta(minutes=minutes))
    assert Message.objects.in_app().count() == 3 and len(outside(worker)) == 1
    tell(worker, HelpIsNear(), NOW + timedelta(minutes=61))
    assert len(outside(worker)) == 2


def test_a_key_is_told_once_for_ever(worker, member):
    assert tell(worker, HelpIsNear(), NOW, key="licence-7")
    assert tell(worker, HelpIsNear(), NOW, key="licence-7") is None
    assert tell(member, HelpIsNear(), NOW, key="licence-7")
    later = NOW + timedelta(days=100)
    purge(later)
    assert not Message.objects.in_app().exists() and not Message.objects.exclude(body="").exists()
    assert tell(worker, HelpIsNear(), later, key="licence-7") is None


def test_a_key_told_by_two_at_once(fresh_db, worker):
    start = Barrier(4)
    told: list[Message | None] = []

    def try_it() -> None:
        start.wait(5)
        told.append(tell(worker, HelpIsNear(), NOW, key="licence-7"))
        connection.close()

    threads = [Thread(target=try_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sum(message is not None for message in told) == 1 and len(told) == 4
    assert Message.objects.count() == 2
