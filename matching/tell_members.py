"""Telling the people of an organisation: each of them in their own language."""

from portal.organisations.tell_members import members_of, tell_members

__all__ = ["members_of", "tell_members"]
