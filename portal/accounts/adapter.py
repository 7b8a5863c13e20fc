"""How django-allauth reaches our people: its codes go out through our outbox, its sign-ins run our use case."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.accounts.device import forget_device
from portal.accounts.models import User
from portal.accounts.sign_in import sign_in
from portal.outbox.models import Channel, Purpose
from portal.outbox.send import send


class Adapter(DefaultAccountAdapter):
    def get_login_stages(self) -> list[str]:
        """A code, then the second factor where there is one. A code that was right has verified its phone or e-mail."""
        return ["allauth.account.stages.LoginByCodeStage", "allauth.mfa.stages.AuthenticateStage"]

    # The phone methods

    def get_user_by_phone(self, phone: str) -> User | None:
        user: User | None = User.objects.filter(phone=phone).first()
        return user

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified_at is not None) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        user.phone = phone
        user.phone_verified_at = timezone.now() if verified else None
        user.save(update_fields=["phone", "phone_verified_at"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        if user.phone == phone and user.phone_verified_at is None:
            self.set_phone(user, phone, verified=True)

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        """Little to read for whoever else holds the phone."""
        send(
            to=user,
            channel=Channel.SMS,
            address=phone,
            subject="",
            body=f"Safar: {code}",
            language=get_language() or user.language,
            purpose=Purpose.SIGN_IN,
            now=timezone.now(),
        )

    # Mail: the only kind that allauth sends here is the sign-in code

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if template_prefix != "account/email/login_code":
            raise NotImplementedError(f"Safar sends no mail {template_prefix!r}.")
        send(
            to=User.objects.get(email=email),
            channel=Channel.MAIL,
            address=email,
            subject=_("Your code for Safar"),
            body=_("Your code is %(code)s. It is good for ten minutes. If you did not ask for it, do nothing.") % {"code": context["code"]},
            language=get_language() or "en",
            purpose=Purpose.SIGN_IN,
            now=timezone.now(),
        )

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our pages say themselves what happened."""

    # Signing in

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        messages.error(request, _("This account is closed. If you think that is a mistake, ask for help."))
        return HttpResponseRedirect(reverse("accounts:sign_in"))

    def login(self, request: HttpRequest, user: User) -> None:
        sign_in(request, user, timezone.now())

    def post_login(self, request: HttpRequest, user: User, *, redirect_url: str | None, **kwargs: Any) -> HttpResponse:
        """What the device learnt is the person's now, keys of events included: whoever learns on it later starts a new one."""
        response = HttpResponseRedirect(redirect_url or reverse("home"))
        forget_device(response)
        return response

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Our page of the second factor asks for a fresh code itself."""
        return False
