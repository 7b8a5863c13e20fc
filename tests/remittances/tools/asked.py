"""Good numbers for each calculator, and numbers by chance."""

from datetime import date, timedelta
from random import Random

from remittances.tools.catalogue import Tool
from remittances.tools.fields import Kind

GOOD = {
    "leaving": {"currency": "RUB", "papers": "25 000,50", "travel": "12.000", "agency": "30000", "wage": "60 000"},
    "budget": {"work": "RUB", "home": "TJS", "income": "70000", "room": "12 000", "home_food": "2 000"},
    "goal": {"currency": "UZS", "target": "100 000 000", "saved": "5000000", "monthly": "٣٠٠٠٠٠٠", "interest": "18,5"},
    "loan": {"currency": "KGS", "borrowed": "10000", "fee": "200", "payment": "1 400", "months": "10"},
    "patent": {"region": "RU-MOW", "first": "2026-08-31", "until": "2027-03-15"},
    "wage": {"place": "RU-MOW", "status": "patent", "hours": "168", "rate": "400", "overtime": "4", "days": "1", "came": "50000"},
}


def by_chance(tool: Tool, chance: Random) -> dict[str, str]:
    """Small and large numbers, with and without hundredths; days that run over."""
    told = {}
    for field in tool.fields:
        if field.kind in (Kind.CHOICE, Kind.CURRENCY):
            told[field.name] = chance.choice(field.options)
        elif field.kind == Kind.DAY:
            told[field.name] = str(date(2024, 1, 29) + timedelta(days=chance.randrange(900)))
        else:
            most = int(min(field.most, 10 ** chance.randrange(1, 10)))
            cents = f".{chance.randrange(100):02d}" if field.kind != Kind.WHOLE and chance.random() < 0.5 else ""
            told[field.name] = f"{chance.randrange(most)}{cents}" if field.required or chance.random() < 0.8 else ""
    return told
