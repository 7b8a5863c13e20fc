from tests.orientation.conftest import course, page_of

__all__ = ["course", "page_of"]
