"""Django admin for editors, in English: one page edits one entry."""

from django.contrib import admin

from programmes.admin.area import ForceAreaAdmin
from programmes.admin.contacts import ContactAdmin
from programmes.admin.corrections import CorrectionAdmin
from programmes.admin.edition import EditionAdmin
from programmes.admin.lookups import (
    DevelopmentAdmin,
    OrganisationAdmin,
    SourceAdmin,
    StatementAdmin,
    VerificationAdmin,
)
from programmes.admin.programme import ProgrammeAdmin

admin.site.site_header = "Perpetrator programmes in Wales: editing"
admin.site.site_title = "Editing the directory"
admin.site.index_title = "What waits for you"

__all__ = [
    "ContactAdmin",
    "CorrectionAdmin",
    "DevelopmentAdmin",
    "EditionAdmin",
    "ForceAreaAdmin",
    "OrganisationAdmin",
    "ProgrammeAdmin",
    "SourceAdmin",
    "StatementAdmin",
    "VerificationAdmin",
]
