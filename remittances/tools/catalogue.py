"""The six calculators: what each asks, works out and shows. Their sums are in the modules beside this one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.money.amounts import Currency
from portal.places.corridors import DESTINATIONS, ORIGINS
from remittances.quotes import CURRENCY
from remittances.tools import patent as patents
from remittances.tools import wage as wages
from remittances.tools.budget import budget
from remittances.tools.fields import Field, Kind
from remittances.tools.goal import goal
from remittances.tools.leaving import leaving
from remittances.tools.loan import loan
from remittances.tools.patent import patent
from remittances.tools.rounding import DoesNotFit
from remittances.tools.wage import wage

Known = Mapping[str, Decimal]
PLAIN, PERCENT, DAY = "plain", "percent", "day"


@dataclass(frozen=True, slots=True)
class Row:
    """`unit`: how the value is written; of money it is the currency, or the name of the field that tells it."""

    name: str
    label: str | Promise
    unit: str = "currency"
    is_large: bool = False


@dataclass(frozen=True, slots=True)
class Tool:
    """`work` takes the values of the fields, the known numbers by code, and the currencies by field. `facts` are shown below, `known` used."""

    slug: str
    icon: str
    title: str | Promise
    text: str | Promise
    fields: tuple[Field, ...]
    rows: tuple[Row, ...]
    work: Callable[[dict[str, Any], Known, dict[str, str]], Any]
    facts: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    tables: Mapping[str, Any] = field(default_factory=dict)  # for the script


def _currency(options: tuple[str, ...] = tuple(Currency.values)) -> Field:
    return Field("currency", _("Currency"), Kind.CURRENCY, required=True, options=options)


def _budget(values: dict[str, Any], known: Known, units: dict[str, str]) -> Any:
    thousand = values["thousand"] or known.get(f"{units['work']}-{units['home']}")
    if not thousand:
        raise DoesNotFit("thousand", "rate")
    return budget(**values | {"thousand": thousand})


LEAVING = Tool(
    "leaving",
    "package",
    _("What it costs to leave"),
    _("Add up what you pay before the first wage, and see how long you work for it."),
    (
        _currency(),
        Field("papers", _("Documents, exam, medical check"), group=_("What the state asks for")),
        Field("permit", _("Patent or permit until the first wage")),
        Field("travel", _("Travel"), group=_("The way and the first weeks")),
        Field("lodging", _("Room and food until the first wage")),
        Field("agency", _("Paid to an agency or a middleman"), group=_("What others ask for")),
        Field("informal", _("Paid without a receipt")),
        Field("interest", _("Interest on money you borrow for the trip")),
        Field("wage", _("Your wage a month, in hand"), required=True, group=_("The work")),
        Field("living", _("What you need a month to live, family included")),
    ),
    (
        Row("cost", _("All costs"), is_large=True),
        Row("weeks", _("Weeks of work to pay it back"), PLAIN, is_large=True),
        Row("months", _("The costs in months of wage"), PLAIN),
        Row("lived_months", _("Months to pay it back when you also live from the wage"), PLAIN),
        Row("state", _("Of this for the state")),
        Row("way", _("Of this for the way and the first weeks")),
        Row("others", _("Of this for agencies, middlemen and lenders")),
    ),
    lambda values, known, units: leaving(**values),
    facts=("EMPLOYER-PAYS", "COST-PAYBACK"),
)

BUDGET = Tool(
    "budget",
    "home",
    _("A month’s money for two homes"),
    _("What you need where you work, what the family needs, and what is left to save."),
    (
        Field("work", _("Money of your wage"), Kind.CURRENCY, True, options=tuple(CURRENCY[code] for code in DESTINATIONS)),
        Field("home", _("Money at home"), Kind.CURRENCY, True, options=tuple(CURRENCY[code] for code in ORIGINS)),
        Field("thousand", _("What 1,000 of your money is worth at home")),
        Field("income", _("Your wage a month, in hand"), required=True, group=_("Where you work")),
        Field("room", _("Room")),
        Field("food", _("Food")),
        Field("transport", _("Transport and phone")),
        Field("papers", _("Patent or permit, a month")),
        Field("other", _("Other costs")),
        Field("home_income", _("What the family earns itself"), group=_("At home")),
        Field("home_food", _("Food")),
        Field("home_school", _("School and health")),
        Field("home_debt", _("Paying back debts")),
        Field("home_other", _("Other costs")),
    ),
    (
        Row("saved", _("Left to save each month"), "work", is_large=True),
        Row("send", _("To send home each month"), "work", is_large=True),
        Row("spent", _("You spend where you work"), "work"),
        Row("left", _("Left of your wage after that"), "work"),
        Row("needed", _("What the family needs from you"), "home"),
        Row("saved_a_year", _("Saved in a year"), "work"),
        Row("thousand", _("What 1,000 of your money is worth at home"), "home"),
    ),
    _budget,
)

GOAL = Tool(
    "goal",
    "sparkles",
    _("A goal to save for"),
    _("How many months until you have the sum: for a house, a wedding, a business."),
    (
        _currency(),
        Field("target", _("The sum you want to have"), required=True),
        Field("saved", _("What you have already")),
        Field("monthly", _("What you put aside each month"), required=True),
        Field("interest", _("Interest a year, per cent"), Kind.NUMBER, most=Decimal(100)),
    ),
    (
        Row("months", _("Months to your goal"), PLAIN, is_large=True),
        Row("total", _("You then have")),
        Row("paid", _("Of this you put aside")),
        Row("earned", _("Of this is interest")),
    ),
    lambda values, known, units: goal(**values),
    facts=("HOME-DEPOSITS", "HOME-NO-INTEREST"),
)

LOAN = Tool(
    "loan",
    "wallet",
    _("What a loan really costs"),
    _("What you give back in all, and the price a year with every fee in it."),
    (
        _currency(),
        Field("borrowed", _("You borrow"), required=True),
        Field("fee", _("Fees at the start")),
        Field("payment", _("Payment each month"), required=True),
        Field("months", _("Number of payments"), Kind.WHOLE, True, most=Decimal(600)),
    ),
    (
        Row("borrowed", _("You borrow"), is_large=True),
        Row("back", _("You give back"), is_large=True),
        Row("cost", _("The loan costs you")),
        Row("of_1000", _("Cost of every 1,000 that you borrow")),
        Row("yearly", _("Price a year, all fees in it"), PERCENT),
    ),
    lambda values, known, units: loan(**values),
    facts=("HOME-LOAN-PRICE", "HOME-NO-INTEREST"),
)

PATENT = Tool(
    "patent",
    "permit",
    _("Patent: when to pay, and how much"),
    _("The last safe day for every payment until your contract in Russia ends."),
    (
        Field("region", _("Region"), Kind.CHOICE, True, options=(*patents.PRICES, patents.OTHER)),
        Field("price", _("Payment for one month, if you know a newer one")),
        Field("first", _("First day of the patent"), Kind.DAY, True),
        Field("until", _("Last day of the contract"), Kind.DAY, True),
    ),
    (
        Row("total", _("To pay in all"), "RUB", is_large=True),
        Row("months", _("Months to pay"), PLAIN, is_large=True),
        Row("price", _("For one month"), "RUB"),
        Row("next_year", _("Of these months next year, when the price is a new one"), PLAIN),
        Row("ends", _("Paid until"), DAY),
        Row("uncovered", _("Days of the contract after that, for which you need a new patent"), PLAIN),
    ),
    lambda values, known, units: patent(**values, known=known),
    facts=("RU-PATENT-FEE", patents.TERM),
    known=(*patents.PRICES.values(), patents.TERM),
    tables={"prices": patents.PRICES},
)

WAGE = Tool(
    "wage",
    "wage",
    _("Was I paid right?"),
    _("What should have come for your hours, and what came."),
    (
        Field("place", _("Place of work"), Kind.CHOICE, True, options=tuple(wages.LOWEST)),
        Field("status", _("How you work"), Kind.CHOICE, True, options=wages.STATUSES),
        Field("hours", _("Hours in the month, without overtime"), Kind.NUMBER, True, most=Decimal(744)),
        Field("rate", _("Pay for one hour, before tax"), required=True),
        Field("overtime", _("Hours of overtime in the month"), Kind.NUMBER, most=Decimal(744)),
        Field("days", _("Days with overtime"), Kind.WHOLE, most=Decimal(31)),
        Field("taken", _("Taken off for other things: room, food, fines")),
        Field("came", _("What you received")),
    ),
    (
        Row("due", _("Should come into your hand, at least"), "place", is_large=True),
        Row("missing", _("So much is missing"), "place", is_large=True),
        Row("unexplained", _("Of this without any reason named"), "place"),
        Row("usual", _("Hours × pay"), "place"),
        Row("lowest", _("Lowest wage by law for these hours"), "place"),
        Row("extra", _("Overtime pay, at least"), "place"),
        Row("gross", _("Together, before tax"), "place"),
        Row("tax", _("Taken by law: tax and pension"), "place"),
    ),
    lambda values, known, units: wage(**values, known=known),
    facts=("RU-DEDUCTIONS", "KZ-PAY-CLAIMS"),
    known=tuple(
        dict.fromkeys(
            [
                *wages.LOWEST.values(),
                *wages.FULL_WEEK.values(),
                *wages.FIRST_HOURS.values(),
                *wages.FIRST_SHARE.values(),
                *wages.LATER_SHARE.values(),
                *(code for statuses in wages.TAXES.values() for codes in statuses.values() for code in codes),
            ]
        )
    ),
    tables={
        "lowest": wages.LOWEST,
        "full_week": wages.FULL_WEEK,
        "first_hours": wages.FIRST_HOURS,
        "first_share": wages.FIRST_SHARE,
        "later_share": wages.LATER_SHARE,
        "taxes": wages.TAXES,
    },
)

TOOLS = {tool.slug: tool for tool in (LEAVING, BUDGET, GOAL, LOAN, PATENT, WAGE)}
