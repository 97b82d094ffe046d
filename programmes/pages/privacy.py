"""What is kept about people: what, where and for how long, as the privacy page says it.

`tests/pages/test_privacy.py` compares it with the models, the log and what `forget` deletes.
"""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LOG = "log"


@dataclass(frozen=True)
class Kept:
    """One kind of thing: a row of the page."""

    name: str | Promise
    what: str | Promise
    where: str | Promise
    how_long: str | Promise
    held: dict[str, str] = field(default_factory=dict)
    """Model → its fields that hold it; `LOG` → keys of a line of the log."""


DATABASE = _("Our database")

KEPT = [
    Kept(
        _("Your words about a mistake"),
        _("What you write on the form of an entry."),
        DATABASE,
        _(
            "Your words are deleted 90 days after an editor’s decision. Without a decision, they "
            "are deleted a year after you send them."
        ),
        {"programmes.Correction": "text text_deleted_at"},
    ),
    Kept(
        _("The rest of that message"),
        _(
            "What you choose on the form, the time, the language of the page, a reference number, "
            "whether it looked automatic, and the editor’s decision."
        ),
        DATABASE,
        _("As long as this site runs, so that we can count mistakes."),
        {
            "programmes.Correction": "reference programme kind sender language sent_at "
            "held state decided_by decided_at decision"
        },
    ),
    Kept(
        _("Where that message came from"),
        _("A coded form of the internet address."),
        DATABASE,
        _("24 hours. It limits how many messages one connection can send."),
        {"programmes.CorrectionAddress": "correction address"},
    ),
    Kept(
        _("Emails to us"),
        _("What you write to us, and your email address."),
        _("Our mailbox"),
        _(
            "Until we have answered you and corrected the entry. Please do not send us the details "
            "of a case."
        ),
    ),
    Kept(
        _("Requests to our server"),
        _(
            "The time, the method, the kind of page, the result and how many milliseconds it took. "
            "After a fault, where in our program it was. Not who asked."
        ),
        _("The log of our server"),
        _("30 days at most."),
        {LOG: "time level method route status ms exception"},
    ),
    Kept(
        _("Failed sign-ins"),
        _(
            "Coded forms of the name that was typed and of the internet address or the editor’s "
            "browser, and the time."
        ),
        DATABASE,
        _("24 hours. It slows down people who guess passwords."),
        {"accounts.SignInFailure": "at place name"},
    ),
    Kept(
        _("Sign-ins, refusals and sign-outs"),
        _("What happened, the time, and the name of the account if it exists."),
        DATABASE,
        _("One year."),
        {"accounts.SignInEvent": "at username outcome"},
    ),
    Kept(
        _("Editors’ sessions"),
        _("Which editor is signed in."),
        _("Our database, and cookies in the editor’s browser"),
        _("12 hours at most."),
        {"sessions.Session": "session_key session_data expire_date"},
    ),
    Kept(
        _("Editors’ browsers"),
        _("Which account was signed in to. It shortens the wait after a failed sign-in."),
        _("A cookie in the editor’s browser"),
        _("180 days."),
    ),
    Kept(
        _("Editors’ accounts"),
        _(
            "Name, email address, coded password, the secret of the authenticator app, "
            "recovery codes, roles, areas and the time of the last sign-in."
        ),
        DATABASE,
        _(
            "Until an administrator deletes it. An account that has published, checked or decided "
            "something can be closed, but not deleted."
        ),
        {
            "accounts.User": "password last_login is_superuser username first_name last_name email "
            "is_staff is_active date_joined",
            "accounts.User_groups": "user group",
            "accounts.User_user_permissions": "user permission",
            "otp_static.StaticDevice": "user name confirmed throttling_failure_timestamp "
            "throttling_failure_count created_at last_used_at",
            "otp_static.StaticToken": "device token",
            "otp_totp.TOTPDevice": "user name confirmed throttling_failure_timestamp "
            "throttling_failure_count created_at last_used_at key step t0 digits tolerance drift "
            "last_t",
            "accounts.User_areas": "user forcearea",
        },
    ),
    Kept(
        _("Editors’ work"),
        _("What an editor changed, checked, published or hid, and when."),
        DATABASE,
        _("As long as this site runs, so that each fact can be traced."),
        {
            "admin.LogEntry": "action_time user content_type object_id object_repr action_flag "
            "change_message",
            "programmes.Contact": "hidden_at hidden_by hidden_why",
            "programmes.Edition": "published_at by why",
            "programmes.Mistake": "verification why by recorded_at",
            "programmes.Verification": "programme checked_on checked_with outcome confirmed note "
            "by recorded_at",
        },
    ),
    Kept(
        _("Backups"),
        _("Copies of our database, without sessions and coded internet addresses."),
        _("Backup files"),
        _("35 days. What we delete from the database is gone from every copy after that."),
    ),
]
