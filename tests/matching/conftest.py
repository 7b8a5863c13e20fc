from tests.matching.profiles import agencies, farrukh, trade  # noqa: F401
from tests.matching.vacancies import draft, published  # noqa: F401
from tests.people import cast, now, one_click, signed_in  # noqa: F401
