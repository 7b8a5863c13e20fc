"""The console takes a vetting back; giving one takes two people and a checklist, on pages of its own."""

import pytest
from django.core.exceptions import ValidationError

from portal.organisations.models import Membership, Organisation

pytestmark = pytest.mark.django_db
LIST = "/admin/organisations/organisation/"


def run(client, action: str, *organisations: Organisation):
    return client.post(LIST, {"action": action, "_selected_action": [organisation.pk for organisation in organisations]}, follow=True)


def test_an_operator_takes_vettings_back(one_click, cast):
    client = one_click("timur")
    first, second = Organisation.objects.order_by("pk")[:2]
    Membership.objects.create(user=cast["timur"], organisation=second)
    page = run(client, "mark_unvetted", first, second)
    assert "vetted by somebody else" in page.content.decode()
    assert list(Organisation.objects.vetted().filter(pk__in=[first.pk, second.pk])) == [second]
    assert "mark_vetted" not in page.content.decode()


def test_a_number_is_checked_here_too(one_click):
    client, own = one_click("timur"), Organisation.objects.get(name="StroyKazan")
    assert f"/en/organisations/vetting/{own.uid}/" in client.get(f"{LIST}{own.pk}/change/").content.decode()
    inline = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
    form = {"kind": own.kind, "name": own.name, "country": "RU", "activities": "", "region": ""} | inline
    assert client.post(f"{LIST}{own.pk}/change/", form | {"number": "99 0000 0017"}).status_code == 302
    own.refresh_from_db()
    assert own.number == "9900000017"
    own.number = "9900000018"
    with pytest.raises(ValidationError, match="not an INN"):
        own.full_clean()


def test_an_editor_does_not(one_click):
    assert one_click("elena").get(LIST).status_code == 403
