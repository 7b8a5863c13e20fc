"""The demo's employers: two of the cast with vacancies written by hand, the others with a branch and a region to make vacancies from."""

from dataclasses import dataclass
from datetime import datetime

from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation
from portal.organisations.seed import FOUNDED


@dataclass(frozen=True, slots=True)
class Employer:
    key: str
    name: str
    regions: tuple[str, ...]  # the first is where most of its work is
    branches: tuple[str, ...]

    @property
    def country(self) -> str:
        return self.regions[0][:2]


EMPLOYERS = (
    Employer("stroykazan", "StroyKazan", ("RU-TA", "RU-BA"), ("building", "fitting-out")),
    Employer("almatyfood", "AlmatyFood", ("KZ-75", "KZ-19"), ("food", "kitchen")),
    Employer("podolsksklad", "PodolskSklad", ("RU-MOS", "RU-TUL"), ("warehouse",)),
    Employer("kubansad", "KubanSad", ("RU-KDA", "RU-VOR"), ("farm",)),
    Employer("nevatekstil", "NevaTekstil", ("RU-SPE", "RU-IVA"), ("garments",)),
    Employer("astanakurylys", "AstanaKurylys", ("KZ-71", "KZ-55"), ("building", "electrical")),
    Employer("uralstankometall", "UralStankoMetall", ("RU-CHE", "RU-SVE"), ("metal", "machines")),
    Employer("mosuyut", "MosUyut", ("RU-MOW", "RU-MOS"), ("cleaning",)),
    Employer("volgafura", "VolgaFura", ("RU-SAM", "RU-SAR"), ("driving",)),
    Employer("okadom", "OkaDom", ("RU-NIZ", "RU-VLA"), ("fitting-out", "building")),
    Employer("chayxana-sharq", "Chayxana Sharq", ("RU-MOW", "RU-SPE"), ("kitchen",)),
    Employer("turkistan-egin", "Turkistan Egin", ("KZ-61", "KZ-31"), ("farm",)),
    Employer("severfasad", "SeverFasad", ("RU-TYU", "RU-KHM"), ("building",)),
    Employer("shymkent-tigin", "Shymkent Tigin", ("KZ-79",), ("garments",)),
    Employer("kaluga-zhilstroy", "Kaluga ZhilStroy", ("RU-KLU", "RU-TUL"), ("building", "fitting-out")),
    Employer("domzabota", "DomZabota", ("RU-MOW", "RU-SPE"), ("care", "health")),
    Employer("sibkrovlya", "SibKrovlya", ("RU-NVS", "RU-KEM"), ("building", "roads")),
    Employer("dontrakt", "DonTrakt", ("RU-ROS", "RU-VGG"), ("driving", "repair")),
    Employer("karagandy-temir", "Karagandy Temir", ("KZ-35", "KZ-15"), ("metal", "electrical")),
    Employer("vologdasyr", "VologdaSyr", ("RU-VLG", "RU-YAR"), ("food", "farm")),
    Employer("rynok-u-doma", "Rynok u Doma", ("RU-MOS", "RU-TVE"), ("shop",)),
    Employer("primorryba", "PrimorRyba", ("RU-PRI", "RU-KHA"), ("food",)),
    Employer("almatyzhol", "AlmatyZhol", ("KZ-19", "KZ-33"), ("roads", "driving")),
    Employer("nevamarshrut", "NevaMarshrut", ("RU-SPE", "RU-LEN"), ("buses", "delivery")),
    Employer("hotel-gory", "Hotel Gory", ("RU-KDA",), ("hotel", "kitchen")),
    Employer("taigales", "TaigaLes", ("RU-IRK", "RU-KYA"), ("forest", "furniture")),
    Employer("astana-tazalyk", "Astana Tazalyk", ("KZ-71",), ("cleaning",)),
    Employer("kamaplast", "KamaPlast", ("RU-PER", "RU-BA"), ("plastics",)),
    Employer("donteplitsa", "DonTeplitsa", ("RU-ROS", "RU-VGG"), ("farm",)),
    Employer("almaty-as", "Almaty As", ("KZ-75",), ("kitchen", "shop")),
    Employer("ivanovoshvey", "IvanovoShvey", ("RU-IVA", "RU-VLA"), ("garments", "shoes")),
    Employer("kuzbass-servis", "Kuzbass Servis", ("RU-KEM", "RU-OMS"), ("repair", "machines")),
    Employer("atyrau-montazh", "Atyrau Montazh", ("KZ-23", "KZ-47"), ("building", "metal")),
    Employer("ladoga-okna", "Ladoga Okna", ("RU-LEN", "RU-SPE"), ("fitting-out",)),
    Employer("khimki-logist", "Khimki Logist", ("RU-MOS",), ("warehouse", "delivery")),
    Employer("zhetysu-sut", "Zhetysu Sut", ("KZ-33", "KZ-31"), ("farm", "food")),
    Employer("tula-mebel", "Tula Mebel", ("RU-TUL",), ("furniture",)),
    Employer("yamal-stroy-plyus", "Yamal Stroy Plyus", ("RU-YAN", "RU-KHM"), ("building", "driving")),
    Employer("salon-lola", "Salon Lola", ("RU-MOW",), ("hair",)),
    Employer("aktobe-avto", "Aktobe Avto", ("KZ-15",), ("repair", "driving")),
)


def load_employer(employer: Employer, now: datetime) -> tuple[Organisation, User]:
    """The employer, vetted by the operator, and the person who writes its vacancies. Twice is the same as once."""
    operator = User.objects.get(email=PEOPLE["timur"].email)
    row, _ = Organisation.objects.get_or_create(
        name=employer.name,
        kind=Organisation.Kind.EMPLOYER,
        country_id=employer.country,
        defaults={"created_at": now - FOUNDED, "vetted_at": now - FOUNDED, "vetted_by": operator},
    )
    hires = next((person.email for person in PEOPLE.values() if person.organisation == employer.key), f"hiring@{employer.key}.example.org")
    member, _created = User.objects.get_or_create(email=hires, defaults={"language": "ru"})
    Membership.objects.get_or_create(user=member, organisation=row, defaults={"role": Membership.Role.MANAGER})
    return row, member
