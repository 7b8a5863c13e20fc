"""The federal districts of Russia: headings for its 83 regions in long lists. No law hangs on them."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.places.models import Region

DISTRICTS: list[tuple[Promise, str]] = [
    (_("Central Russia"), "MOW MOS BEL BRY VLA VOR IVA KLU KOS KRS LIP ORL RYA SMO TAM TVE TUL YAR"),
    (_("North-West"), "SPE LEN KR KO ARK NEN VLG KGD MUR NGR PSK"),
    (_("South"), "AD KL KDA AST VGG ROS"),
    (_("North Caucasus"), "DA IN KB KC SE CE STA"),
    (_("Volga"), "BA ME MO TA UD CU PER KIR NIZ ORE PNZ SAM SAR ULY"),
    (_("Urals"), "KGN SVE TYU CHE KHM YAN"),
    (_("Siberia"), "AL TY KK ALT KYA IRK KEM NVS OMS TOM"),
    (_("Far East"), "BU SA ZAB KAM PRI KHA AMU MAG SAK YEV CHU"),
]
OF_REGION = {f"RU-{code}": name for name, codes in DISTRICTS for code in codes.split()}


def by_district(regions: Iterable[Region]) -> list[tuple[str, list[Region]]]:
    """(district, its regions in the order given), without empty districts; a country without districts comes last under ""."""
    found: dict[str, list[Region]] = {str(name): [] for name, _codes in [*DISTRICTS, ("", "")]}
    for region in regions:
        found[str(OF_REGION.get(region.code, ""))].append(region)
    return [(name, rows) for name, rows in found.items() if rows]


def region_choices(regions: Iterable[Region]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of a select, by country and district. `regions` have their country at hand."""
    groups = []
    for district, rows in by_district(regions):
        country = rows[0].country.name
        groups.append((f"{country} · {district}" if district else country, [(row.code, row.name) for row in rows]))
    return groups
