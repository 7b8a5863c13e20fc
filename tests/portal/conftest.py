from tests.orientation.conftest import course, page_of
from tests.people import cast, one_click, signed_in

__all__ = ["cast", "course", "one_click", "page_of", "signed_in"]
