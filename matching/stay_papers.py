"""Papers that somebody abroad may hold, by country: the one list of their codes, and which wait of the law each of them spares."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class StayPaper:
    """`regime` is that of the legal routes (content/routes.yaml) whose wait is over for the holder; "": it spares none.

    Of such a paper the last day is asked, unless it may be `endless`, and the region where it holds only in one. `origins`: whose it is.
    """

    code: str
    country: str
    label: Promise
    origins: tuple[str, ...] = ("TJ", "KG", "UZ")
    regime: str = ""
    is_of_a_region: bool = False
    endless: bool = False


PAPERS = [
    StayPaper("ru-patent", "RU", _("work patent"), ("TJ", "UZ"), "patent", is_of_a_region=True),
    # Residents work without a patent: with a temporary permit in its region, with a permanent one everywhere.
    StayPaper("ru-rvp", "RU", _("temporary residence permit (RVP)"), regime="patent", is_of_a_region=True),
    StayPaper("ru-vnzh", "RU", _("residence permit (VNZh)"), regime="patent", endless=True),
    StayPaper("ru-contract", "RU", _("work contract as a citizen of the Eurasian Economic Union"), ("KG",)),
    StayPaper("ru-stay", "RU", _("registration where you live")),
    StayPaper("kz-household", "KZ", _("permit to work in a household"), ("TJ", "UZ"), "kz-household"),
    StayPaper("kz-rvp", "KZ", _("temporary residence permit (RVP)")),
    StayPaper("kz-vnzh", "KZ", _("residence permit (VNZh)")),
    StayPaper("kz-contract", "KZ", _("work contract as a citizen of the Eurasian Economic Union"), ("KG",)),
    StayPaper("kz-stay", "KZ", _("registration where you live")),
]
BY_CODE = {paper.code: paper for paper in PAPERS}
SPARING = {paper.code: (paper.regime, paper.country) for paper in PAPERS if paper.regime}


def papers_for(citizenship: str, country: str) -> list[StayPaper]:
    return [paper for paper in PAPERS if paper.country == country and citizenship in paper.origins]
