"""What stands on the editors' board, in this order. Each section is a function of its own, beside what it is about."""

from collections.abc import Callable
from datetime import date

from orientation import facts_reread, feedback, news
from orientation.board.section import Section
from orientation.search.section import search_misses
from portal.accounts.models import User

SECTIONS: list[Callable[[User, date], Section]] = [
    facts_reread.section,
    facts_reread.to_tidy,
    feedback.section,
    news.section,
    search_misses,
]
