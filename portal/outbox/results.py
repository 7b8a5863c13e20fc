"""How a gateway answers: it returns a receipt, or raises what is wrong."""

from dataclasses import dataclass, field

NO_MONEY = "no money on the account"
NOT_LET_IN = "our name and password are refused"


@dataclass(frozen=True)
class Receipt:
    """Whom the message was handed to, and what they said: never its text, nor anything secret."""

    provider: str
    id: str = ""
    answer: dict[str, str | int] = field(default_factory=dict)


class Refused(Exception):
    """This message will never pass: a wrong number, a mailbox that does not exist."""

    def __init__(self, reason: str, receipt: Receipt) -> None:
        super().__init__(reason)
        self.receipt = receipt


class AccountClosed(Refused):
    """No message passes until an operator has done something: paid, or set the right password."""


class Closed(Exception):
    """No message passes at the moment: the gateway is away, silent or talks nonsense."""


class Later(Exception):
    """This message does not pass now; others may. So is every other exception understood."""
