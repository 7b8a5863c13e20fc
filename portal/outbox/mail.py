"""Mail through an SMTP server.

Where the server falls silent after the text, nobody knows whether it took it: the mail goes again under the same Message-ID,
by which mailboxes recognise a second copy.
"""

from smtplib import SMTPAuthenticationError, SMTPConnectError, SMTPHeloError, SMTPRecipientsRefused, SMTPSenderRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from portal.outbox.models import Message
from portal.outbox.results import NOT_LET_IN, AccountClosed, Closed, Later, Receipt, Refused


def carry(message: Message) -> Receipt:
    known_as = f"<{message.uid}@{urlsplit(settings.SITE_URL).hostname}>"
    headers = {"Message-ID": known_as, "Content-Language": message.language, "Auto-Submitted": "auto-generated"}
    mail = EmailMessage(message.subject, message.body, to=[message.address], headers=headers)
    try:
        with EmailBackend() as connection:
            connection.send_messages([mail])
    except OSError as error:  # what smtplib raises is among them
        raise _fault(error, known_as) from error
    return Receipt("smtp", known_as)


def _fault(error: OSError, known_as: str) -> Exception:
    """Of what the server says only the code is kept: its words could repeat ours."""
    code = next(iter(error.recipients.values()))[0] if isinstance(error, SMTPRecipientsRefused) else getattr(error, "smtp_code", None)
    if code is None or isinstance(error, SMTPConnectError | SMTPHeloError):  # nobody there, silence, hung up in the middle
        return Closed(f"SMTP: {type(error).__name__}")
    if code < 500:
        return Later(f"SMTP {code}")
    receipt = Receipt("smtp", known_as, {"code": code})
    if isinstance(error, SMTPAuthenticationError | SMTPSenderRefused):
        return AccountClosed(NOT_LET_IN, receipt)
    return Refused(f"SMTP {code}", receipt)
