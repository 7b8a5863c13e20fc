from datetime import datetime
from decimal import Decimal

from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from remittances.alerts.set_alert import set_alert


def load_demo_alert(now: datetime) -> None:
    """Farrukh waits for a price that the demo does not have."""
    set_alert(User.objects.get(phone=PEOPLE["farrukh"].phone), "RU", "TJ", Decimal("0.25"), now)
