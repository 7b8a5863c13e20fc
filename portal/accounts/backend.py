"""How the person of a session is read, with each request."""

from allauth.account.auth_backends import AuthenticationBackend

from portal.accounts.models import User
from portal.outbox.bell import with_unread


class Backend(AuthenticationBackend):
    def get_user(self, user_id: int) -> User | None:
        user: User | None = with_unread(User.objects.filter(pk=user_id)).first()
        return user if user is not None and self.user_can_authenticate(user) else None
