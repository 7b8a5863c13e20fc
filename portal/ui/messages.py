from django.contrib.messages.storage.cookie import CookieStorage


class Messages(CookieStorage):
    """Named like our other cookies: whoever carries one is answered with a page of their own."""

    cookie_name = "safar_messages"
