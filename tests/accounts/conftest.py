import pytest
from django.test import Client

from tests.orientation.conftest import course, page_of  # noqa: F401
from tests.people import cast, now, one_click, sign_in_by_code  # noqa: F401


@pytest.fixture
def signed_in(cast):  # noqa: F811
    """Here by the pages that ask for a code: what they leave behind is looked at, and erased."""
    return lambda key: sign_in_by_code(Client(), cast[key].phone or cast[key].email)
