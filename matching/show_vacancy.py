"""What a card and a page print about a vacancy, in the reader's language and in the money of their home."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Prefetch, Subquery, Value
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.models import Vacancy, VacancyLanguage, VacancySkill
from matching.models.taxonomy import Importance
from matching.models.vacancies import Cefr, Certificate, Condition, Licence, VacancyQuerySet, WorkLanguage
from portal.money.amounts import Currency, Money
from portal.money.formats import NBSP, format_money
from portal.money.models import DayRate

HOME_CURRENCY = {"TJ": "TJS", "KG": "KGS", "UZ": "UZS"}


def with_card(vacancies: VacancyQuerySet) -> VacancyQuerySet:
    """Everything a list's cards print, in one query."""
    spoken = VacancyLanguage.objects.filter(vacancy=OuterRef("pk")).order_by("language")
    needed = VacancySkill.objects.filter(vacancy=OuterRef("pk"), importance=Importance.ESSENTIAL).order_by("pk")
    return vacancies.select_related("employer", "occupation", "region__country").annotate(
        spoken=ArraySubquery(spoken.values(row=JSONObject(language="language", minimum="minimum", target="target"))),
        needed=ArraySubquery(needed.values("skill")),
    )


def with_page(vacancies: VacancyQuerySet) -> VacancyQuerySet:
    """Everything a vacancy's page prints of it, and what the law asks: three queries."""
    skills = Prefetch("skills", VacancySkill.objects.select_related("skill"))
    return with_card(vacancies).select_related("employer__file").prefetch_related(skills, "papers")


def with_total(vacancies: VacancyQuerySet) -> VacancyQuerySet:
    """Annotates `total`: how many there are, whatever part of them is read. Counted beside them: a window would carry every row to the end."""
    counted = vacancies.order_by().values(one=Value(1)).annotate(total=Count("pk")).values("total")
    return vacancies.annotate(total=Subquery(counted))


@dataclass(frozen=True, slots=True)
class ShownVacancy:
    """`home` is the reader's likely country of origin, "" when unknown; `rates` are by currency; `can` are the reader's skills (ids), None
    when they are not known."""

    vacancy: Vacancy
    home: str = ""
    rates: Mapping[str, DayRate] = field(default_factory=dict)
    can: Collection[int] | None = None

    @property
    def wage(self) -> str:
        return format_money(self.vacancy.guaranteed) if self.vacancy.wage_amount is not None else ""

    @property
    def wage_terms(self) -> str:
        return f"{self.vacancy.get_wage_period_display()}, {self.vacancy.get_wage_basis_display()}"

    @property
    def home_rate(self) -> DayRate | None:
        """The rate of the reader's own currency, where both rates are known and it is not the wage's own."""
        currency = HOME_CURRENCY.get(self.home, "")
        known = self.vacancy.wage_currency == Currency.USD or self.vacancy.wage_currency in self.rates
        return self.rates.get(currency) if known and currency != self.vacancy.wage_currency and self.vacancy.wage_amount else None

    @property
    def wage_at_home(self) -> str:
        """About how much that is at home: three figures say enough about a rate that moves each day."""
        rate, wage = self.home_rate, self.vacancy.wage_amount
        if rate is None or wage is None:
            return ""
        own = self.vacancy.wage_currency
        amount = wage * rate.rate / (Decimal(1) if own == Currency.USD else self.rates[own].rate)
        return f"≈{NBSP}{format_money(Money(round(amount, 2 - amount.adjusted()), rate.currency))}"

    @property
    def conditions(self) -> list[str]:
        return [str(Condition(code).label) for code in Condition.values if code in self.vacancy.conditions]

    @property
    def not_promised(self) -> list[str]:
        return [str(Condition(code).label) for code in Condition.values if code not in self.vacancy.conditions]

    @property
    def languages(self) -> list[str]:
        """What is needed at least: "Russian: from A2"."""
        return [
            _("%(language)s: from %(level)s") % {"language": WorkLanguage(row["language"]).label, "level": Cefr(row["minimum"]).label}
            for row in self._spoken()
            if row["minimum"]
        ]

    @property
    def languages_in_full(self) -> list[str]:
        """What is needed at least and what is wished."""
        texts = []
        for row in self._spoken():
            names = {
                "language": WorkLanguage(row["language"]).label,
                "minimum": Cefr(row["minimum"]).label,
                "target": Cefr(row["target"]).label,
            }
            if not row["minimum"]:
                texts.append(_("%(language)s: not needed to start, %(target)s is welcome") % names)
            elif row["minimum"] == row["target"]:
                texts.append(_("%(language)s: %(minimum)s is enough") % names)
            else:
                texts.append(_("%(language)s: %(minimum)s is enough, %(target)s is better") % names)
        return texts

    def _spoken(self) -> list[dict[str, Any]]:
        """A list's rows carry them; a page's vacancy is asked."""
        carried = getattr(self.vacancy, "spoken", None)
        if carried is not None:
            return list(carried)
        return [{"language": row.language, "minimum": row.minimum, "target": row.target} for row in self.vacancy.languages.all()]

    @property
    def skills_held(self) -> str:
        """ "Of 4 skills that they ask for you have 3." Empty where nobody has said what they can do."""
        if self.can is None:
            return ""
        carried = getattr(self.vacancy, "needed", None)
        needed = carried if carried is not None else [row.skill_id for row in self.essential]
        return skills_held(len(needed), sum(skill in self.can for skill in needed))

    @property
    def licences(self) -> list[str]:
        return [str(Licence(code).label) for code in self.vacancy.licences]

    @property
    def certificates(self) -> list[str]:
        return [str(Certificate(code).label) for code in self.vacancy.certificates]

    @property
    def essential(self) -> list[Any]:
        return [row for row in self.vacancy.skills.all() if row.importance == Importance.ESSENTIAL]

    @property
    def optional(self) -> list[Any]:
        return [row for row in self.vacancy.skills.all() if row.importance == Importance.OPTIONAL]


def skills_held(asked: int, met: int) -> str:
    if not asked:
        return ""
    text = ngettext(
        "Of %(asked)d skill that they ask for you have %(met)d.", "Of %(asked)d skills that they ask for you have %(met)d.", asked
    )
    return text % {"asked": asked, "met": met}
