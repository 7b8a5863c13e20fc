"""Numbers and money as each language writes them. Babel knows no ₽ for Tajik, Kyrgyz and Uzbek, so the words are ours."""

from decimal import Decimal

from django.utils.translation import get_language

from portal.money.amounts import Money

NBSP = "\N{NO-BREAK SPACE}"
WORDS = {
    "RUB": {"": "₽"},
    "KZT": {"": "₸"},
    "TJS": {"tg": "сомонӣ", "ky": "сомони", "uz": "somoniy", "ru": "сомони", "en": "TJS"},
    "KGS": {"tg": "соми қирғизӣ", "ky": "сом", "uz": "qirgʻiz somi", "ru": "сом", "en": "KGS"},
    "UZS": {"tg": "сӯм", "ky": "сум", "uz": "soʻm", "ru": "сум", "en": "UZS"},
    "USD": {"tg": "доллар", "ky": "доллар", "uz": "dollar", "ru": "долл. США", "en": "USD"},
}


def format_number(value: Decimal | int, language: str | None = None) -> str:
    """12 500,50 in four languages, 12,500.50 in English; cents only where there are any."""
    language = language or get_language() or "en"
    number = Decimal(value)
    text = f"{number:,.2f}" if number % 1 else f"{number:,.0f}"
    return text if language == "en" else text.replace(",", NBSP).replace(".", ",")


def currency_word(currency: str, language: str | None = None) -> str:
    words = WORDS[currency]
    return words.get(language or get_language() or "en") or words[""]


def format_money(money: Money, language: str | None = None) -> str:
    """Amount first, then the currency after a no-break space: 12 500 ₽."""
    return f"{format_number(money.amount, language)}{NBSP}{currency_word(money.currency, language)}"


def format_rate(rate: Decimal, source: str, target: str, language: str | None = None) -> str:
    """1 ₽ = 0,11480 сомонӣ: all its digits, at least five. Of a weak currency it is a hundred units: 100 ₸ = 1,7714 сомонӣ."""
    language = language or get_language() or "en"
    units = 1 if rate >= Decimal("0.1") else 100
    number = (rate * units).normalize()
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)  # it is a number
    text = f"{number:,.{max(4 - number.adjusted(), -exponent, 0)}f}"
    written = text if language == "en" else text.replace(",", NBSP).replace(".", ",")
    return f"{format_money(Money(Decimal(units), source), language)} = {written}{NBSP}{currency_word(target, language)}"


def format_percent(percent: Decimal, language: str | None = None) -> str:
    """0,53 % in four languages, 0.53% in English."""
    language = language or get_language() or "en"
    text = f"{round(percent, 2) + 0:.2f}".rstrip("0").rstrip(".").replace("-", "−")
    return f"{text}%" if language == "en" else f"{text.replace('.', ',')}{NBSP}%"
