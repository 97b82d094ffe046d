"""The file that somebody wants to import, and where it waits while they look at the preview.

It waits in their own page, signed: nothing is left behind when they leave it, any application
server can go on, and nobody can swap it or confirm in another's name.
"""

import base64
from datetime import timedelta

from django import forms
from django.contrib.auth.models import User
from django.core import signing
from django.template.defaultfilters import filesizeformat

from programmes.transfer import Table, UnreadableError, read_table

MOST_BYTES = 1024 * 1024
"""Of a file. The page that holds it must stay below DATA_UPLOAD_MAX_MEMORY_SIZE."""

WAITS = timedelta(hours=1)


class SpreadsheetForm(forms.Form):
    file = forms.FileField(
        label="CSV or XLSX file",
        help_text=f"At most {filesizeformat(MOST_BYTES)}. Nothing changes before you confirm.",
        error_messages={"required": "Choose a file."},
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    table: Table

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                f"The file has {filesizeformat(file.size)} and may have "
                f"{filesizeformat(MOST_BYTES)}: take it in parts, or ask for “manage.py "
                "import_programmes”."
            )
        data = file.read()
        try:
            self.table = read_table(data)
        except UnreadableError as error:
            raise forms.ValidationError(str(error)) from error
        return data


def held(file: bytes, seen: str, by: User) -> str:
    """The file and the fingerprint of its preview, for a hidden field of this person's page."""
    content = [base64.b64encode(file).decode(), seen]
    return signing.dumps(content, salt=_salt(by), compress=True)


def let_go(text: str, by: User) -> tuple[bytes | None, str]:
    """What `held` was given; no file where the text is another's, changed or too old."""
    try:
        file, seen = signing.loads(text, salt=_salt(by), max_age=WAITS)
    except signing.BadSignature:
        return None, ""
    return base64.b64decode(file), seen


def _salt(by: User) -> str:
    return f"import by {by.pk}"
