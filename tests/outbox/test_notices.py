"""Every message there is, in all five languages, with the longest names: what an SMS may say, and where a message leads."""

import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from importlib import import_module
from typing import Any, Union, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import resolve
from django.utils.translation import override

from matching.models import AgencyLicence, Invitation, Match, Vacancy
from matching.models.routes import DangerArea
from orientation.models import ClassSession, CourseEdition
from portal.organisations.models import Organisation
from portal.outbox.models import Purpose
from portal.outbox.notice import LONGEST_SMS, Notice
from remittances.models import PriceAlert, Product
from tests.matching.factories import a_candidate, a_licence, a_match, a_member, a_vacancy, an_agency, an_organisation
from tests.people import NOW
from tests.remittances.products import a_product
from tests.training.courses import a_centre, a_course
from training.models import TrainingOffer

LONG = "Ж" * 90


def import_all_notices() -> None:
    for app in ("portal", "matching", "orientation", "placements", "training", "remittances"):
        for path in (settings.BASE_DIR / app).rglob("*.py"):
            if "outbox.notice import" in path.read_text():
                import_module(".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts))


def all_notices(of: type[Notice] = Notice) -> Iterator[type[Notice]]:
    for notice in of.__subclasses__():
        yield notice
        yield from all_notices(notice)


import_all_notices()


def is_one_of_ours(notice: type[Notice]) -> bool:
    """Neither a base, nor of a test, nor what a dataclass with slots was made from."""
    is_real = getattr(import_module(notice.__module__), notice.__name__, None) is notice
    return is_real and notice.body is not Notice.body and not notice.__module__.startswith("tests.")


NOTICES = sorted(filter(is_one_of_ours, set(all_notices())), key=lambda notice: (notice.__module__, notice.__name__))


def long_organisation(kind: str, country: str) -> Organisation:
    organisation = an_organisation(kind, country)
    organisation.name = LONG
    organisation.save(update_fields=["name"])
    return organisation


def long_vacancy() -> Vacancy:
    vacancy = a_vacancy(long_organisation("employer", "RU"), address=LONG, sent_back_because=LONG)
    vacancy.stopped_because = Vacancy.Peril.AREA  # not to be saved: it is public
    return vacancy


def invitation() -> Invitation:
    agency = long_organisation("agency", "TJ")
    return Invitation.objects.create(agency=agency, phone="+992900000009", invited_by=a_member(agency), invited_at=NOW)


def licence() -> AgencyLicence:
    return a_licence(long_organisation("agency", "TJ"))


def course() -> TrainingOffer:
    centre, manager = a_centre()
    Organisation.objects.filter(pk=centre.pk).update(name=LONG)
    offer = a_course(manager, title=LONG, address=LONG)
    offer.centre.refresh_from_db()
    return offer


def class_session() -> ClassSession:
    centre, manager = a_centre()
    Organisation.objects.filter(pk=centre.pk).update(name=LONG)
    centre.refresh_from_db()
    ends_at, edition = NOW + timedelta(hours=3), CourseEdition.objects.filter(is_current=True).earliest("pk")
    place = {"region_id": "TJ-KT", "place": LONG, "language": "tg", "seats": 20, "code": "KMPRTV"}
    return ClassSession.objects.create(
        organisation=centre, trainer=manager, edition=edition, starts_at=NOW, ends_at=ends_at, created_at=NOW, **place
    )


MAKERS: dict[type, Callable[[], Any]] = {
    str: lambda: LONG,
    int: lambda: 12345,
    date: NOW.date,
    bool: lambda: True,
    Vacancy: long_vacancy,
    Match: lambda: a_match(long_vacancy(), a_candidate(an_agency())),
    Organisation: lambda: long_organisation("employer", "RU"),
    AgencyLicence: licence,
    Invitation: invitation,
    TrainingOffer: course,
    ClassSession: class_session,
    PriceAlert: lambda: PriceAlert(sends_from_id="RU", sends_to_id="TJ", below=1),
    Product: lambda: a_product(title=LONG, provider=LONG),
    DangerArea: lambda: DangerArea.objects.create(region_id="RU-TA", reason=LONG, source_name=LONG),
}


def made(kind: Any) -> Any:
    if get_origin(kind) in (Sequence, list, tuple):
        return [made(get_args(kind)[0])]
    if get_origin(kind) in (Union, types.UnionType):
        return made(get_args(kind)[0])
    assert kind in MAKERS, f"Say in MAKERS how to make the longest {kind}."
    return MAKERS[kind]()


def example(notice: type[Notice]) -> Notice:
    assert is_dataclass(notice), f"{notice.__name__} is no dataclass"
    hints = get_type_hints(notice)
    return notice(**{field.name: made(hints[field.name]) for field in fields(notice)})


def test_there_are_some():
    assert {"JobStopped", "StopLifted"} <= {notice.__name__ for notice in NOTICES}


@pytest.mark.django_db
@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: notice.__name__)
def test_what_it_says(notice):
    message = example(notice)
    assert isinstance(notice.purpose, Purpose)
    for language, _name in settings.LANGUAGES:
        with override(language):
            sms, subject, body, link = message.sms(), message.subject(), message.body(), message.link()
            if link:
                resolve(urlsplit(f"/{language}/{link}").path)  # raises where it leads nowhere
        assert 0 < len(sms) <= LONGEST_SMS and sms.startswith("Safar"), (language, sms)
        assert "Ж" * 20 not in sms and "12345" not in sms and "\n" not in sms, (language, sms)
        assert "%(" not in sms + subject + body and subject.strip() and body.strip() and len(link) <= 1000, language
        assert "+992" not in sms + subject + body and "Sattorov" not in subject + body, language
