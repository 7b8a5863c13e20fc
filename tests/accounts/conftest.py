from tests.orientation.conftest import course, page_of  # noqa: F401
from tests.people import cast, now, one_click, signed_in  # noqa: F401
