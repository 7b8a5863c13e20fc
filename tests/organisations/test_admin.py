"""Vetting from the console."""

import pytest

from portal.organisations.models import Membership, Organisation

pytestmark = pytest.mark.django_db
LIST = "/admin/organisations/organisation/"


def run(client, action: str, *organisations: Organisation):
    return client.post(LIST, {"action": action, "_selected_action": [organisation.pk for organisation in organisations]}, follow=True)


def test_an_operator_vets(one_click, cast):
    client = one_click("timur")
    first, second = Organisation.objects.order_by("pk")[:2]
    run(client, "mark_unvetted", first, second)
    assert not Organisation.objects.vetted().filter(pk__in=[first.pk, second.pk]).exists()
    Membership.objects.create(user=cast["timur"], organisation=second)
    page = run(client, "mark_vetted", first, second)
    assert "vetted by somebody else" in page.content.decode()
    assert list(Organisation.objects.vetted().filter(pk__in=[first.pk, second.pk])) == [first]


def test_an_editor_does_not(one_click):
    assert one_click("elena").get(LIST).status_code == 403
