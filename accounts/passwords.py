"""Passwords: the form that mails a link to a new one, and what follows a changed one."""

from threading import Thread
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.views import PasswordResetView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from accounts import audit, delay, mail
from accounts.models import SignInOutcome, User
from accounts.pages import wait_page


class TellOwner:
    """Django tells its validators of each password that took the place of another."""

    def validate(self, password: str, user: Any = None) -> None:
        pass

    def get_help_text(self) -> str:
        return "The owner of the account is told by mail that it was changed."

    def password_changed(self, password: str, user: User) -> None:
        audit.note(SignInOutcome.PASSWORD_CHANGED, user.get_username())
        mail.send(user, "Your password was changed", "changed")


class ForgottenPage(PasswordResetView):
    """Answers the same, and as fast, whether an account has this address or not."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        email = form.cleaned_data["email"].lower()
        if seconds := delay.seconds_to_wait(self.request, email):
            return wait_page(self.request, seconds)
        delay.count(self.request, email)
        # Whoever was invited and let the link run out asks for another here too.
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        audit.note(SignInOutcome.LINK_ASKED_FOR, user.get_username() if user else "")
        if user:
            link = (user, "A link to a new password", "new_password")
            Thread(target=mail.send_link, args=link, name="mail").start()
        return HttpResponseRedirect(self.get_success_url())


def refusal_of_own_password(request: HttpRequest) -> str:
    """Why one's own password, as typed, opens nothing; counted and noted as at signing in."""
    name, password = request.user.get_username(), request.POST.get("own_password", "")
    if authenticate(request, username=name, password=password):
        return ""
    if delay.seconds_put_off(request):
        return "Your own password was wrong several times. Nothing was changed: wait a minute."
    return "Your own password is wrong. Nothing was changed."
