"""Mail about an account to its owner: links that set a password, and word of what was changed."""

import logging
import smtplib
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlsafe_base64_encode

from accounts.models import User

LOG = logging.getLogger("directory.mail")
SENDING_FAILED = (smtplib.SMTPException, OSError)


def send(user: User, subject: str, template: str, **context: Any) -> bool:
    """Whether it was sent. A failure is logged with the key of the account, not its address."""
    context |= {"user": user, "subject": subject, "settings": settings}
    body = render_to_string(f"admin/mail/{template}.txt", context)
    try:
        EmailMessage(subject, body, to=[user.email]).send()
    except SENDING_FAILED:
        LOG.exception("Mail not sent: %s, to account %s", template, user.pk)
        return False
    return True


def send_link(user: User, subject: str, template: str) -> bool:
    """Django's link, which works once and for three days."""
    key = urlsafe_base64_encode(str(user.pk).encode())
    token = default_token_generator.make_token(user)
    address = reverse("password_reset_confirm", args=[key, token])
    return send(user, subject, template, link=settings.SITE_URL + address)
