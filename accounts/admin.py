"""Accounts, with their roles, force areas and second factor, and who signed in."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import audit, mail, two_factor
from accounts.areas import AllAreasAdmin, areas_open_to
from accounts.models import SignInEvent, SignInOutcome, User
from accounts.passwords import refusal_of_own_password
from core.read_only_admin import ReadOnlyAdmin

WITHOUT_AREAS = (
    "None ticked: an area editor sees nothing, and a publisher or administrator may change and "
    "publish every entry of Wales. Ticked: these areas alone, whatever the role; but a superuser "
    "sees and may do everything, whatever is ticked."
)


DATES = ("last_login", "date_joined")
RIGHTS = ("is_active", "groups", "is_superuser")
INVITED = "This person is sent a link to choose a password."
NOT_CHOSEN = (
    "The link of the invitation holds for three days; after that “Forgotten your login "
    "credentials?”, where one signs in, sends another."
)
NO_AREA = "Tick a force area: without one, an area editor sees nothing."
ROLES = "Roles say what, force areas where. Whoever has a role may sign in."


class AccountForm(UserChangeForm):
    class Meta(UserChangeForm.Meta):
        widgets = dict.fromkeys(("areas", "groups"), forms.CheckboxSelectMultiple)
        labels = {"groups": "Roles"}
        help_texts = {"areas": WITHOUT_AREAS, "groups": ""}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "password" in self.fields and not self.instance.has_usable_password():
            self.fields["password"].help_text = NOT_CHOSEN


class InvitationForm(UserCreationForm):
    """Without a password: whoever is invited chooses it."""

    password1 = password2 = None  # type: ignore[assignment]
    Meta = AccountForm.Meta

    def clean_areas(self) -> Any:
        areas, roles = self.cleaned_data["areas"], self.cleaned_data.get("groups")
        if roles and not areas and not roles.filter(permissions__codename="edit_all_areas"):
            raise forms.ValidationError(NO_AREA)
        return areas

    def set_password_and_save(self, user: User, **options: Any) -> User:
        user.set_unusable_password()
        return user  # which the admin saves


# Their pages would show the secrets of everybody's second factor.
admin.site.unregister([StaticDevice, TOTPDevice])


@admin.register(User)
class AccountAdmin(AllAreasAdmin, UserAdmin):
    """Django's own page of an account, with the force areas that its owner looks after.

    Whoever is kept to some areas keeps nobody's: they could let themselves out of them.
    """

    form, add_form = AccountForm, InvitationForm
    add_form_template = None
    change_user_password_template = "admin/accounts/user/change_password.html"  # noqa: S105
    filter_horizontal = ()
    fieldsets = [
        ("Where this person may edit and publish", {"fields": ["areas"]}),
        (None, {"fields": ["username", "password", "email", ("first_name", "last_name")]}),
        ("What this person may do", {"description": ROLES, "fields": RIGHTS}),
        ("Dates", {"fields": [DATES]}),
    ]
    add_fieldsets = [
        (None, {"description": INVITED, "fields": ["username", "email"]}),
        ("What this person may do", {"description": ROLES, "fields": ["groups", "areas"]}),
    ]
    list_display = ["username", "email", "is_active", "roles", "area_names", "has_second_factor"]
    list_display += ["last_login"]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Rights come from roles; only who has every right can give rights past them."""
        return DATES if request.user.is_superuser else (*DATES, "is_superuser")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody takes over an account that has more rights than their own."""
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not above

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        may = self.has_change_permission(request, obj)
        return may and super().has_delete_permission(request, obj)

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).prefetch_related("groups", "areas", "totpdevice_set")

    @admin.display(description="roles")
    def roles(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all())

    @admin.display(description="force areas")
    def area_names(self, user: User) -> str:
        return ", ".join(map(str, user.areas.all()))

    @admin.display(description="second factor", boolean=True)
    def has_second_factor(self, user: User) -> bool:
        return bool(user.totpdevice_set.all())

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        person = User.objects.get(pk=form.instance.pk)
        person.is_staff = person.is_superuser or person.groups.exists()
        person.save(update_fields=["is_staff"])
        if warning := warning_about(person):
            messages.warning(request, warning)
        if not change:
            request.added = person  # type: ignore[attr-defined]

    def construct_change_message(self, request: Any, form: Any, *args: Any, **more: Any) -> Any:
        """Which areas were given and taken: that some were tells nobody who saw what, and when."""
        changes: list[Any] = super().construct_change_message(request, form, *args, **more)
        before, now = set(form.initial.get("areas", [])), set(form.cleaned_data.get("areas", []))
        for done, areas in (("added", now - before), ("deleted", before - now)):
            names = sorted(map(str, areas))
            changes += [{done: {"name": "force area", "object": name}} for name in names]
        return changes

    def get_urls(self) -> list:
        remove = self.admin_site.admin_view(require_POST(self.remove_second_factor))
        address = "<path:object_id>/second-factor/remove/"
        return [path(address, remove, name="accounts_user_remove_factor"), *super().get_urls()]

    def add_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """Mail is sent once the account is there for good, and the database waits for nobody."""
        response = super().add_view(request, *args, **options)
        if hasattr(request, "added"):
            invite(request, request.added)
        return response

    def user_change_password(self, request: HttpRequest, *args: Any, **keys: Any) -> HttpResponse:
        if request.method == "POST" and (refusal := refusal_of_own_password(request)):
            messages.error(request, refusal)
            return redirect(request.get_full_path())
        return super().user_change_password(request, *args, **keys)

    def remove_second_factor(self, request: HttpRequest, object_id: str) -> HttpResponse:
        person = self.get_object(request, object_id)
        if person is None:
            raise Http404
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        if refusal := refusal_of_own_password(request):
            messages.error(request, refusal)
        elif two_factor.remove(person):
            self.log_change(request, person, "second factor removed")
            messages.success(request, f"{person} sets up a new second factor after the password.")
        return redirect("admin:accounts_user_change", person.pk)


def warning_about(person: User) -> str:
    areas = areas_open_to(person)
    if not person.is_staff:
        return f"Without a role {person} cannot sign in."
    if areas is None:
        return f"No force area limits {person}: they see all of Wales."
    return "" if areas else f"No force area is ticked for {person}: they see no entry."


def invite(request: HttpRequest, person: User) -> None:
    audit.note(SignInOutcome.INVITED, person.get_username())
    if mail.send_link(person, "Your account for editing the directory", "invitation"):
        messages.success(request, f"A link to choose a password was sent to {person.email}.")
    else:
        why = f"The mail to {person.email} could not be sent; the server’s log says why."
        messages.error(request, f"{why} Later they can ask for a link where one signs in.")


@admin.register(SignInEvent)
class SignInEventAdmin(ReadOnlyAdmin, AllAreasAdmin):
    list_display = ["at", "username", "outcome"]
    list_filter = ["outcome"]
    search_fields = ["username"]
    date_hierarchy = "at"
