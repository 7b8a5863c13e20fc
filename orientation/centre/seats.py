"""Classes in a centre's file: planned here, or by an organisation and a trainer that are known here. Attendance that stands is never taken back."""

from datetime import datetime
from typing import Any

from orientation.centre.file import is_code, moment
from orientation.models import ClassLearner, ClassSession, CourseEdition
from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.places.corridors import Corridor
from portal.places.models import Region


class NotKnown(Exception):
    """The portal lacks what the class stands on; the message says what."""


def take_session(row: dict[str, Any], edition: CourseEdition) -> ClassSession:
    """The class with this uid, made where it is new. Raises `NotKnown`."""
    if known := ClassSession.objects.filter(uid=row["uid"]).first():
        return known
    organisation, trainer = Organisation.objects.filter(uid=row["organisation"]).first(), User.objects.filter(uid=row["trainer"]).first()
    region = Region.objects.filter(code=row["region"]).first()
    if organisation is None or trainer is None or region is None:
        raise NotKnown("This class is of an organisation, a trainer or a region that nobody knows here. Plan it here first.")
    if ClassSession.objects.filter(code=row["code"]).exists() or not is_code(row["code"]):
        raise NotKnown(f"Another class here has the code {row['code']}.")
    return ClassSession.objects.create(
        uid=row["uid"],
        organisation=organisation,
        trainer=trainer,
        edition=edition,
        language=row["language"],
        corridor=Corridor(row["corridor"]) if row["corridor"] else "",
        region=region,
        place=row["place"][:200],
        starts_at=moment(row["starts_at"]),
        ends_at=moment(row["ends_at"]),
        seats=row["seats"],
        code=row["code"],
        created_at=moment(row["created_at"]),
        called_off_at=_moment(row["called_off_at"]),
        closed_at=_moment(row["closed_at"]),
    )


def take_seat(row: dict[str, Any], session: ClassSession) -> None:
    """Raises `NotKnown`."""
    came = {"attended_at": _moment(row["attended_at"]), "attended_by": ClassLearner.Way(row["attended_by"]) if row["attended_at"] else ""}
    if session.learners.filter(uid=row["uid"]).exists():
        session.learners.filter(uid=row["uid"], attended_at=None).update(**came)
        return
    if session.learners.filter(number=row["number"]).exists() or session.learners.filter(device=row["device"]).exists():
        raise NotKnown(f"Somebody else has the number {row['number']} in this class here.")
    ClassLearner.objects.create(
        uid=row["uid"],
        session=session,
        number=row["number"],
        name=row["name"][:100],
        device=row["device"],
        signed_up_at=moment(row["signed_up_at"]),
        left_at=_moment(row["left_at"]),
        **came,
    )


def _moment(text: str | None) -> datetime | None:
    return moment(text) if text else None
