"""Contacts on an entry's page, hiding one of them at once, and the list of all of them.

Hiding is not publishing: whoever may change an entry may take a contact of it out of sight.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from core.read_only_admin import ReadOnlyAdmin
from programmes.admin.area_scope import OF_AREA, AreaScopedAdmin
from programmes.admin.entry_pages import EditorRequest, Page, back_to, entry_page
from programmes.admin.forms import BilingualForm, NoteField, TeamForm
from programmes.admin.inlines import EntryInline, EntryRows
from programmes.models import Contact, Edition, Programme
from programmes.models.contact import OLD
from programmes.publishing.amendments import hide_contact, show_contact_again, standing_contact_ids
from programmes.publishing.editions import public_edition


class ContactForm(TeamForm, BilingualForm):
    may_name_a_person = {"team_en", "team_cy", "page", "email"}

    class Meta:
        help_texts = {
            "team_en": (
                "“Referral team”, “Duty desk”. No name or title of a person, no venue and no "
                "session time."
            ),
            "team_cy": "“Tîm atgyfeirio”. Its own Welsh name, or else a translation.",
            "page": "A page of the organisation’s own site; no social network, no person’s page.",
            "email": (
                "Of a role (referrals@, info@) or of the programme (drive@); no person’s, and none "
                "at gmail.com and the like."
            ),
            "phone": "Of an office or a line. No mobile, no direct dial, no extension.",
            "checked_on": "When somebody last saw it published, or had it confirmed.",
        }


class ContactFormSet(EntryRows):
    """A contact that was public is hidden, not deleted: the hidden row is what keeps it hidden."""

    def clean(self) -> None:
        super().clean()
        public = standing_contact_ids(self.instance)
        for form in self.deleted_forms:
            if form.instance.hidden_at:
                raise ValidationError(
                    f"“{form.instance}” stays here hidden, or it could come back."
                )
            if form.instance.pk in public:
                raise ValidationError(f"“{form.instance}” is public: hide it, with “Hide now…”.")


class ContactInline(EntryInline):
    model = Contact
    form = ContactForm
    formset = ContactFormSet
    readonly_fields = ["standing"]
    fields = ["standing", ("team_en", "team_cy", "audience", "languages"), "welsh_holds"]
    fields += [("page", "email", "phone"), ("source", "checked_on", "is_a_team")]
    related = ("hidden_by",)

    @admin.display(description="now")
    def standing(self, contact: Contact) -> str:
        return hidden(contact) or (OLD if contact.is_old else "")


class HideForm(forms.Form):
    why = NoteField(
        label="Why (you may leave this as it is)",
        widget=forms.TextInput,
        initial="It must not be shown now.",
        required=False,
        max_length=500,
        help_text="Only editors read it. Name no persons.",
    )


@entry_page("contact/<int:number>/", "programmes.change_programme")
def contact_page(request: EditorRequest, programme: Programme, number: int) -> Page:
    """Hide a contact, or show it again."""
    contact = get_object_or_404(programme.contacts, pk=number)
    form = HideForm(request.POST or None)
    if "show" in request.POST:
        show_contact_again(contact, by=request.user)
        so = "It becomes public with the next publishing."
        return back_to(request, programme, f"“{contact}” is to be shown again. {so}")
    if form.is_valid():
        why = form.cleaned_data["why"] or HideForm.base_fields["why"].initial
        edition = hide_contact(contact, by=request.user, why=why)
        so = "Nobody sees it on the public pages now." if edition else "It was not public."
        return back_to(request, programme, f"“{contact}” is hidden. {so}")
    title = f"Show “{contact}” again?" if contact.hidden_at else f"Hide “{contact}” now"
    return {"title": title, "contact": contact, "hidden": hidden(contact), "form": form}


def hidden(contact: Contact) -> str:
    """Since when, by whom and why a contact is hidden; "" where it is not."""
    if contact.hidden_at is None:
        return ""
    when = date_format(timezone.localtime(contact.hidden_at), "j F Y, H:i")
    return f"Hidden on {when} by {contact.hidden_by}: {contact.hidden_why}"


@admin.register(Contact)
class ContactAdmin(AreaScopedAdmin, ReadOnlyAdmin):
    """All contacts in one list, the oldest first; each is changed on the page of its entry."""

    list_display = ["team_en", "hide", "state", "entry", "audience", "checked_on"]
    list_filter = [("hidden_at", admin.EmptyFieldListFilter), "audience", OF_AREA]
    list_select_related = ["programme__area", "hidden_by"]
    search_fields = ["team_en", "team_cy", "page", "email", "programme__name_en"]
    ordering = ["checked_on", "pk"]
    fields = ["entry", "team_en", "team_cy", "audience", "languages", "page", "email", "phone"]
    fields += ["source", "checked_on", "state"]

    @admin.display(description="entry", ordering="programme__name_en")
    def entry(self, contact: Contact) -> str:
        address = reverse("admin:programmes_programme_change", args=[contact.programme_id])
        return format_html('<a href="{}">{}</a>', address, contact.programme)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contact]:
        standing = Edition.objects.filter(replaced_at=None)
        editions = Prefetch("programme__editions", standing)
        return super().get_queryset(request).prefetch_related(editions)

    def get_list_display(self, request: HttpRequest) -> Any:
        """Hiding is for whoever may change the entry."""
        may_hide = request.user.has_perm("programmes.change_programme")
        return [name for name in self.list_display if name != "hide" or may_hide]

    @admin.display(description="state")
    def state(self, contact: Contact) -> str:
        if contact.hidden_at:
            return hidden(contact)
        edition = public_edition(contact.programme)
        public = edition and contact.pk in {each.id for each in edition.entry.contacts}
        return f"{'Public.' if public else 'Not public.'}{f' {OLD}' if contact.is_old else ''}"

    @admin.display(description="hide or show")
    def hide(self, contact: Contact) -> str:
        return format_html(
            '<a href="{}">{}<span class="visually-hidden"> {}</span></a>',
            reverse("admin:programmes_programme_contact", args=[contact.programme_id, contact.pk]),
            "Show again…" if contact.hidden_at else "Hide now…",
            contact,
        )
