"""Each bank's own money and the reader of its feed."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.money.amounts import Currency
from portal.money.feeds import Published, cbr, cbu, nbk, nbkr, nbt
from portal.money.models import RateFeed


@dataclass(frozen=True, slots=True)
class Feed:
    """`gives_last`: of a day for which it has set no rates it answers with the last ones before."""

    currency: Currency
    read: Callable[[bytes], Published | None]
    gives_last: bool = False


FEEDS = {
    RateFeed.Bank.CBR: Feed(Currency.RUB, cbr.read, gives_last=True),
    RateFeed.Bank.NBK: Feed(Currency.KZT, nbk.read),
    RateFeed.Bank.NBKR: Feed(Currency.KGS, nbkr.read),
    RateFeed.Bank.CBU: Feed(Currency.UZS, cbu.read, gives_last=True),
    RateFeed.Bank.NBT: Feed(Currency.TJS, nbt.read),
}
