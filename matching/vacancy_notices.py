"""What the people of an employer are told of their vacancies."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from matching.models import Vacancy
from portal.outbox.models import Purpose
from portal.outbox.notice import Notice

DAYS_BEFORE = (timedelta(days=14), timedelta(days=3))  # before the clock closes a vacancy


@dataclass(frozen=True)
class AboutVacancy(Notice):
    purpose: ClassVar[Purpose] = Purpose.VACANCY
    vacancy: Vacancy

    def link(self) -> str:
        return f"jobs/own/{self.vacancy.uid}/check/"

    @property
    def named(self) -> dict[str, object]:
        return {"vacancy": self.vacancy, "region": self.vacancy.region}


class VacancyPublished(AboutVacancy):
    def subject(self) -> str:
        return _("Published: %(vacancy)s") % self.named

    def body(self) -> str:
        return _("A person at Safar has read your vacancy: %(vacancy)s, %(region)s. Everybody can see it now.") % self.named


class VacancySentBack(AboutVacancy):
    def subject(self) -> str:
        return _("Please mend: %(vacancy)s") % self.named

    def body(self) -> str:
        text = _("Your vacancy is not published yet: %(vacancy)s, %(region)s. Mend this, then send it again: %(mend)s")
        return text % (self.named | {"mend": self.vacancy.sent_back_because})


class VacancyEnds(AboutVacancy):
    def subject(self) -> str:
        return _("Does it still hold? %(vacancy)s") % self.named

    def body(self) -> str:
        assert self.vacancy.ends_at is not None
        day = {"day": date_format(timezone.localtime(self.vacancy.ends_at))}
        text = _("%(vacancy)s, %(region)s: on %(day)s Safar closes this vacancy. Open it and say that it still holds, and it stays.")
        return text % (self.named | day)


class VacancyIsOver(AboutVacancy):
    def subject(self) -> str:
        return _("Closed: %(vacancy)s") % self.named

    def body(self) -> str:
        return _("Nobody said for ninety days that this vacancy still holds, so Safar has closed it. You can copy it any time.")
