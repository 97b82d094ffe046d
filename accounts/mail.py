"""Mail about an account to its owner: links that set a password, and word of what was changed."""

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlsafe_base64_encode

from accounts.models import User

LOG = logging.getLogger("directory.mail")


def send(user: User, subject: str, template: str, **context: Any) -> bool:
    context |= {"user": user, "subject": subject}
    return deliver(template, context, f"{template}, to account {user.pk}", to=[user.email])


def deliver(template: str, context: dict[str, Any], about: str, **people: Any) -> bool:
    """Whether it was sent. A failure is logged with what it is about, and without an address."""
    body = render_to_string(f"admin/mail/{template}.txt", {"settings": settings, **context})
    try:
        EmailMessage(context["subject"], body, **people).send()
    except OSError:  # those of SMTP among them
        LOG.exception("Mail not sent: %s", about)
        return False
    return True


def send_link(user: User, subject: str, template: str) -> bool:
    """Django's link, which works once and for three days."""
    key = urlsafe_base64_encode(str(user.pk).encode())
    token = default_token_generator.make_token(user)
    address = reverse("password_reset_confirm", args=[key, token])
    return send(user, subject, template, link=settings.SITE_URL + address)
