"""Django admin for editors, in English: one page edits one entry."""

from django.contrib import admin

from programmes.admin import (
    area,
    contacts,
    corrections,
    earlier_editions,
    lookups,
    programme,
    transcribe,
    translations,
    verifications,
)

admin.site.site_header = "Perpetrator programmes in Wales: editing"
admin.site.site_title = "Editing the directory"
admin.site.index_title = "What waits for you"
