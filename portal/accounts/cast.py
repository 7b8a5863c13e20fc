"""One cast for demo, tests and docs. The phone numbers are whole rows of zeros, the addresses are of example.org: nobody's."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Person:
    key: str
    name: str
    does: Promise
    language: str
    phone: str | None = None
    email: str | None = None
    group: str = ""  # a staff group of groups.py
    organisation: str = ""  # a key of ORGANISATIONS
    role: str = "member"

    @property
    def workplace(self) -> str:
        return ORGANISATIONS[self.organisation].name if self.organisation else ""


@dataclass(frozen=True, slots=True)
class DemoOrganisation:
    name: str
    kind: str
    country: str


ORGANISATIONS = {
    "stroykazan": DemoOrganisation("StroyKazan", "employer", "RU"),
    "almatyfood": DemoOrganisation("AlmatyFood", "employer", "KZ"),
    "dushanbe": DemoOrganisation("Dushanbe Labour Agency", "agency", "TJ"),
    "bokhtar": DemoOrganisation("Bokhtar Training Centre", "training_centre", "TJ"),
    "khatlon": DemoOrganisation("Khatlon Labour Office", "authority", "TJ"),
}

_CAST = [
    Person("farrukh", "Farrukh", _("A builder from Khatlon who learns before he leaves"), "tg", phone="+992900000001"),
    Person("aigul", "Aigul", _("A seamstress from Osh"), "ky", phone="+996700000001"),
    Person("dilnoza", "Dilnoza", _("A cook from Namangan"), "uz", phone="+998900000001"),
    Person("ildar", "Ildar", _("Hires builders"), "ru", email="ildar@stroykazan.example.org", organisation="stroykazan", role="manager"),
    Person(
        "dana", "Dana", _("Hires for a food factory"), "ru", email="dana@almatyfood.example.org", organisation="almatyfood", role="manager"
    ),
    Person("manizha", "Manizha", _("Looks after candidates"), "tg", email="manizha@agency.example.org", organisation="dushanbe"),
    Person("rustam", "Rustam", _("Teaches classes before departure"), "tg", email="rustam@centre.example.org", organisation="bokhtar"),
    Person("nigora", "Nigora", _("Counts and steers, sees no names"), "tg", email="nigora@office.example.org", organisation="khatlon"),
    Person("elena", "Elena", _("Edits courses and facts"), "ru", email="elena@safar.example.org", group="editors"),
    Person("timur", "Timur", _("Runs Safar: organisations, people, messages"), "en", email="timur@safar.example.org", group="operators"),
    Person(
        "gulnora", "Gulnora", _("Runs Safar with Timur: signs what he proposes"), "ru", email="gulnora@safar.example.org", group="operators"
    ),
]
PEOPLE = {person.key: person for person in _CAST}
