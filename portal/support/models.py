"""Help: what to do in a bad moment, and whom to ask. A phone number is shown only after somebody dialled it and was answered."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Subquery

from portal.fields import WebField
from portal.places.unsafe import unsafe_hosts, unsafe_in


class ContactQuerySet(models.QuerySet["Contact"]):
    def never_reached(self) -> "ContactQuerySet":
        """With a number, of which none has been dialled and answered: the page shows none of them."""
        answered, numbers = ContactPhone.objects.answered().order_by(), ContactPhone.objects.order_by()
        return self.filter(pk__in=numbers.values("contact")).exclude(pk__in=answered.values("contact"))


class Contact(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    does = models.CharField("what they do", max_length=300, blank=True)
    serves = ArrayField(models.CharField(max_length=2), help_text="Citizens of which countries (ISO 3166-1).")
    located_in = ArrayField(models.CharField(max_length=2))
    sites = ArrayField(WebField(max_length=300), default=list, blank=True)
    address = models.CharField(max_length=300, blank=True)
    source_name = models.CharField(max_length=200, blank=True)
    source_url = WebField(max_length=500, blank=True)
    source_dated = models.CharField(max_length=20, blank=True)
    confidence = models.CharField(max_length=20)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name or self.slug

    def shown_sites(self) -> list[tuple[str, str]]:
        """(text, link) of each site. Of a host to which carrying a link could harm the reader, the name alone."""
        hosts = unsafe_hosts()
        return [(urlsplit(site).hostname or "", "") if unsafe_in(site, hosts) else (site, site) for site in self.sites]


class PhoneQuerySet(models.QuerySet["ContactPhone"]):
    def answered(self) -> "PhoneQuerySet":
        """Numbers whose newest logged call was answered: the only ones a page may show."""
        newest = ContactCall.objects.filter(phone=OuterRef("pk")).order_by("-called_at", "-pk").values("answered")[:1]
        return self.annotate(last_answered=Subquery(newest)).filter(last_answered=True)


class ContactPhone(models.Model):
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(max_length=20, help_text="E.164, or a short number.")

    objects = PhoneQuerySet.as_manager()

    class Meta:
        ordering = ["contact", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contact", "number"], name="phone_once_a_contact"),
            models.CheckConstraint(
                condition=models.Q(number__regex=r"^(\+[1-9][0-9]{6,14}|[0-9]{2,6})$"), name="contact_phone_can_be_dialled"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ContactCall(models.Model):
    """Somebody of ours dialled the number."""

    phone = models.ForeignKey(ContactPhone, on_delete=models.CASCADE, related_name="calls")
    called_at = models.DateTimeField()
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered = models.BooleanField()

    class Meta:
        ordering = ["-called_at"]

    def __str__(self) -> str:
        return f"{self.called_at:%Y-%m-%d} {'answered' if self.answered else 'no answer'}"


class Situation(models.Model):
    """Steps and warnings are one a line."""

    slug = models.SlugField(unique=True)
    position = models.PositiveSmallIntegerField()
    icon = models.CharField(max_length=30)
    title = models.CharField(max_length=80)
    first = models.CharField("what to do first", max_length=300)
    steps = models.TextField()
    never = models.TextField("what never to do", blank=True)
    contacts = models.ManyToManyField(Contact, through="SituationContact", related_name="situations")

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title or self.slug


class SituationContact(models.Model):
    situation = models.ForeignKey(Situation, on_delete=models.CASCADE)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["situation", "position"]
        constraints = [models.UniqueConstraint(fields=["situation", "contact"], name="contact_once_a_situation")]

    def __str__(self) -> str:
        return f"{self.situation_id} → {self.contact_id}"
