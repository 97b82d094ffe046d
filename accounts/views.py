"""Pages of the second step: a code, enrolling an authenticator app, recovery codes; and waiting."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.contrib.auth.views import RedirectURLMixin, redirect_to_login
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.timezone import localtime
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView
from django_otp import login
from django_otp.models import Device
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from accounts import audit, two_factor
from accounts.delay import remember_device
from accounts.models import SignInOutcome, User
from accounts.pages import render_page

PENDING = "second_factor_pending"
"""Where a session keeps the secret of an app until its first code. Never with the account: there,
whoever else knows the password could read it and share the factor."""


EITHER = "Type the six digits that the app shows, or the eight characters of a recovery code."


class CodeField(forms.CharField):
    """Apps show digits in two groups, and people type them so."""

    def to_python(self, value: Any) -> str:
        return "".join((super().to_python(value) or "").split()).lower()


class CodeForm(forms.Form):
    code = CodeField(
        label="Code from your authenticator app",
        help_text="Six digits; a new code appears every 30 seconds.",
        validators=[RegexValidator(r"^[0-9]{6}\Z", "Type the six digits that the app shows.")],
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class AnyCodeForm(forms.Form):
    code = CodeField(
        label="Code from your authenticator app, or a recovery code",
        help_text="Six digits; a new code appears every 30 seconds. Each recovery code works once.",
        validators=[RegexValidator(r"^([0-9]{6}|[a-z2-7]{8})\Z", EITHER)],
        widget=forms.TextInput({"autocomplete": "one-time-code", "autofocus": True}),
    )


@method_decorator([never_cache, sensitive_post_parameters("code")], name="dispatch")
class BehindPassword(RedirectURLMixin, FormView):
    """A page for whoever has given the password. It says nothing of what the admin holds."""

    form_class: type[forms.Form] = CodeForm
    next_page = "admin:index"
    title = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not AdminSite.has_permission(admin.site, request):
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        return self.elsewhere() or super().dispatch(request, *args, **kwargs)

    def elsewhere(self) -> HttpResponse | None:
        """Where somebody belongs for whom this is not the page."""
        raise NotImplementedError

    def accept(self, device: Device, outcome: SignInOutcome) -> HttpResponse:
        audit.note(outcome, self.request.user.get_username())
        # The factor holds for the rest of the session, under a new key: the old one knew less.
        self.request.session.cycle_key()
        login(self.request, device)
        response = self.answer()
        remember_device(response, cast(User, self.request.user))
        return response

    def answer(self) -> HttpResponse:
        return HttpResponseRedirect(self.get_success_url())

    def refuse(self, form: forms.Form, why: str) -> HttpResponse:
        audit.note(SignInOutcome.CODE_REFUSED, self.request.user.get_username())
        form.add_error("code", why)
        return self.form_invalid(form)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context |= admin.site.each_context(self.request) | {"title": self.title}
        return super().get_context_data(**context)


class FactorPage(BehindPassword):
    form_class = AnyCodeForm
    template_name = "admin/second_factor/code.html"
    title = "Second step: a code"

    def elsewhere(self) -> HttpResponse | None:
        if self.request.user.is_verified():  # type: ignore[union-attr]
            return HttpResponseRedirect(self.get_success_url())
        return None if two_factor.device_of(self.request.user) else redirect("admin:enrol")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        code = form.cleaned_data["code"]
        device = two_factor.accepts(self.request.user, code)
        if device is None:
            again = two_factor.looks_again_at(self.request.user, code)
            wait = f" The next one counts from {localtime(again):%H:%M:%S}." if again else ""
            return self.refuse(form, f"This code is wrong, has run out, or was used before.{wait}")
        if isinstance(device, TOTPDevice):
            return self.accept(device, SignInOutcome.CODE_ACCEPTED)
        left = two_factor.recovery_codes_left(self.request.user)
        messages.warning(self.request, f"That recovery code is used up. You have {left} left.")
        return self.accept(device, SignInOutcome.RECOVERY_CODE_USED)


class EnrolPage(BehindPassword):
    template_name = "admin/second_factor/enrol.html"
    title = "Set up the second step"

    def elsewhere(self) -> HttpResponse | None:
        """Whoever has an app already gives its code first, or enrolling would go round it."""
        user = self.request.user
        if two_factor.device_of(user) and not user.is_verified():  # type: ignore[union-attr]
            return redirect_to_login(self.request.get_full_path(), reverse("admin:code"))
        return None

    def get_form(self, form_class: Any = None) -> forms.Form:
        """What to do stands above the field: the page begins at it only where a code was wrong."""
        form = super().get_form(form_class)
        form.fields["code"].widget.attrs["autofocus"] = form.is_bound
        return form

    @property
    def key(self) -> str:
        return self.request.session.setdefault(PENDING, random_hex(20))

    def form_valid(self, form: forms.Form) -> HttpResponse:
        device = two_factor.enrol(self.request.user, self.key, form.cleaned_data["code"])
        if device is None:
            why = "This code does not belong to this square. Type the one shown now."
            return self.refuse(form, why)
        del self.request.session[PENDING]
        return self.accept(device, SignInOutcome.ENROLLED)

    def answer(self) -> HttpResponse:
        codes = two_factor.make_recovery_codes(self.request.user)
        return show_recovery_codes(self.request, codes, self.get_success_url())

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            square=two_factor.square(user, self.key),
            letters=two_factor.in_letters(self.key),
            replaces=two_factor.device_of(user) is not None,
            **context,
        )


def recovery_codes(request: HttpRequest) -> HttpResponse:
    """How many are left; asked for new ones, those, in the answer and nowhere else."""
    codes: list[str] = []
    if request.method == "POST":
        codes = two_factor.make_recovery_codes(request.user)
        audit.note(SignInOutcome.RECOVERY_CODES_MADE, request.user.get_username())
    return show_recovery_codes(request, codes, reverse("admin:index"))


def show_recovery_codes(request: HttpRequest, codes: list[str], onwards: str) -> HttpResponse:
    name, left = "second_factor/recovery_codes", two_factor.recovery_codes_left(request.user)
    return render_page(request, name, "Recovery codes", codes=codes, left=left, onwards=onwards)
