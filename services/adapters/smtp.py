"""E-mail over SMTP (aiosmtplib): STARTTLS, TLS from the start, or none for a relay on the same machine."""

from __future__ import annotations

import ssl
from email.message import EmailMessage
from typing import Literal

import aiosmtplib

from services.ports.mail import Attachment, MailRefused, MailTrouble

Security = Literal["none", "starttls", "tls"]
SECONDS = 20.0


class SmtpMailer:
    """`sender` is the From address; a letter's Message-ID is ours, so that a repeated letter is one letter to a mail program."""

    def __init__(self, host: str, port: int, sender: str, login: str, password: str, security: Security) -> None:
        self._sender, self._domain = sender, sender.rpartition("@")[2]
        self._how = {
            "hostname": host,
            "port": port,
            "username": login or None,
            "password": password or None,
            "use_tls": security == "tls",
            "start_tls": security == "starttls",
            "timeout": SECONDS,
        }
        if security != "none":
            self._how["tls_context"] = ssl.create_default_context()

    async def send(self, to: str, subject: str, text: str, attachment: Attachment | None, message_id: str) -> None:
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self._sender, to, subject
        letter["Message-ID"] = f"<{message_id}@{self._domain}>"
        letter.set_content(text)
        if attachment:
            main, _, sub = attachment.mime_type.partition("/")
            letter.add_attachment(attachment.content, maintype=main, subtype=sub, filename=attachment.file_name)
        try:
            await aiosmtplib.send(letter, **self._how)  # type: ignore[arg-type] # one dict holds values of several types
        except aiosmtplib.SMTPRecipientsRefused as refused:
            raise _refused(refused.recipients[0].code) from refused
        except (aiosmtplib.SMTPSenderRefused, aiosmtplib.SMTPDataError) as refused:
            raise _refused(refused.code) from refused
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as trouble:
            raise MailTrouble(type(trouble).__name__) from trouble


def _refused(code: int) -> MailTrouble | MailRefused:
    """A code of 4xx asks to come again (greylisting, say), whichever word of ours it answers."""
    return (MailTrouble if 400 <= code < 500 else MailRefused)(f"SMTP {code}")
