"""The one question about a trial. What was tried stays on its page: others may hold the phone."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.outbox.models import Purpose
from portal.outbox.notice import Notice
from remittances.models import Product


@dataclass(frozen=True, slots=True)
class HowDidItGo(Notice):
    purpose = Purpose.MONEY
    product: Product

    def subject(self) -> str:
        return _("How did it go?")

    def body(self) -> str:
        return _("A month ago you wanted to try something that you found on Safar. One tap tells us how it went.")

    def link(self) -> str:
        return f"money/products/{self.product.slug}/answer/"
