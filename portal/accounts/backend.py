"""How the person of a session is read, with each request."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef

from portal.accounts.models import User
from portal.outbox.bell import with_unread


class Backend(AuthenticationBackend):
    def get_user(self, user_id: int) -> User | None:
        """With `is_in_group`: most are in none, so that nobody has to ask for their rights."""
        groups = User.groups.through.objects.filter(user=OuterRef("pk"))
        user: User | None = with_unread(User.objects.filter(pk=user_id)).annotate(is_in_group=Exists(groups)).first()
        return user if user is not None and self.user_can_authenticate(user) else None
