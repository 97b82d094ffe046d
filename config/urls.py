"""Addresses: `PAGES` has the paths in both languages, and the forms that declare the parameters.

`directory:…` names a page in the language of the page that asks (`request.current_app`), `en:…` and
`cy:…` in one language.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import URLPattern, include, path
from django.views.decorators.csrf import csrf_exempt

from accounts.passwords import ForgottenPage
from config import wellknown
from core.cross_origin import readable_anywhere
from core.parameters import Declaring, View, restrict_to_declared
from programmes.admin.digest import digest_switch
from programmes.areas import views as area_views
from programmes.changes import views as changes_views
from programmes.changes.forms import ChangeFilterSet
from programmes.confirmations.views import confirmation
from programmes.corrections.views import correction
from programmes.downloads import views as download_views
from programmes.downloads.views import CSV, JSON, READINGS, STATEMENTS, XLSX, download
from programmes.entries.views import entry
from programmes.listing import views as listing_views
from programmes.listing.filters import ProgrammeFilterSet
from programmes.listing.forms import DayForm
from programmes.open_referral import views as feed
from programmes.open_referral.forms import NamesForm, PageForm, ServiceFilterSet, TermsForm
from programmes.overviews import compare, evidence, tables, timeline
from programmes.overviews.forms import CompareForm, ProvisionForm
from programmes.overviews.provision import provision
from programmes.overviews.questions import questions_file
from programmes.pages import views as page_views
from programmes.referral_check import views as check_views
from programmes.referral_check.forms import StartForm


class Page:
    """An address in both languages, its view, and the forms whose parameters reach that view."""

    def __init__(
        self, name: str, english: str, welsh: str, view: View, *forms: type[Declaring]
    ) -> None:
        self.name, self.english, self.welsh = name, english, welsh
        # There is no cookie that a forged request could use; `uncached_form` guards what is posted.
        self.view = csrf_exempt(restrict_to_declared(view, forms))


def data(name: str, english: str, welsh: str, view: View, *forms: type[Declaring]) -> Page:
    """The address of a file or feed, which scripts of any site may read."""
    return Page(name, english, welsh, readable_anywhere(view), *forms)


def files(
    english: str, welsh: str, views: Mapping[str, View], *forms: type[Declaring]
) -> list[Page]:
    """The same rows in several formats, suffix → view."""
    name = english.rpartition("/")[2]
    return [
        data(f"{name}-{suffix}", f"{english}.{suffix}", f"{welsh}.{suffix}", view, *forms)
        for suffix, view in views.items()
    ]


def table_files(page: str, english: str, welsh: str) -> list[Page]:
    """The rows that a page counts, as files that take the parameters of the list too."""
    forms = [ProvisionForm] if page == "provision" else []
    views = {suffix: tables.table(english, page, suffix) for suffix in ("csv", "json")}
    return files(english, welsh, views, ProgrammeFilterSet, *forms)


ENTRY = "<slug:area>/<slug:slug>/"
LIST_FILES = {"csv": download(CSV), "xlsx": download(XLSX), "json": download(JSON)}
COMPARE_FILES = {"csv": compare.compare_file(CSV), "json": compare.compare_file(JSON)}
STATEMENTS_FILE, READINGS_FILE = {"csv": download(STATEMENTS)}, {"csv": download(READINGS)}

PAGES = [
    Page("home", "", "", page_views.home),
    Page("programmes", "programmes/", "rhaglenni/", listing_views.programmes, ProgrammeFilterSet),
    *files("programmes", "rhaglenni", LIST_FILES, ProgrammeFilterSet),
    Page("entry", f"programmes/{ENTRY}", f"rhaglenni/{ENTRY}", entry, DayForm),
    Page("correction", f"programmes/{ENTRY}correction/", f"rhaglenni/{ENTRY}cywiriad/", correction),
    Page("confirmation", "confirmation/<str:token>/", "cadarnhad/<str:token>/", confirmation),
    Page("place", "place/", "lle/", listing_views.place),
    Page("check", "check/", "gwirio/", check_views.check, StartForm),
    Page("provision", "provision/", "darpariaeth/", provision, ProvisionForm, ProgrammeFilterSet),
    Page(
        "questions",
        "provision/questions.txt",
        "darpariaeth/cwestiynau.txt",
        questions_file,
        DayForm,
    ),
    Page("compare", "compare/", "cymharu/", compare.compare, CompareForm),
    Page("evidence", "evidence/", "tystiolaeth/", evidence.evidence, ProgrammeFilterSet),
    Page("timeline", "timeline/", "llinell-amser/", timeline.timeline, ProgrammeFilterSet),
    Page("timeline-svg", "timeline.svg", "llinell-amser.svg", timeline.svg, ProgrammeFilterSet),
    *files("compare", "cymharu", COMPARE_FILES, CompareForm),
    *table_files("provision", "provision", "darpariaeth"),
    *table_files("provision", "money", "cyllid"),
    *table_files("evidence", "evidence", "tystiolaeth"),
    *table_files("timeline", "timeline", "llinell-amser"),
    Page("changes", "changes/", "newidiadau/", changes_views.changes, ChangeFilterSet),
    *files("changes", "newidiadau", {"csv": changes_views.changes_file}, ChangeFilterSet),
    data("changes-feed", "changes/feed/", "newidiadau/ffrwd/", changes_views.feed, ChangeFilterSet),
    Page("forces", "forces/", "heddluoedd/", area_views.force_areas),
    Page("force", "forces/<slug:area>/", "heddluoedd/<slug:area>/", area_views.force_area, DayForm),
    Page("data", "data/", "data/", download_views.data),
    *files("data/statements", "data/datganiadau", STATEMENTS_FILE, ProgrammeFilterSet),
    *files("data/readings", "data/darlleniadau", READINGS_FILE, ProgrammeFilterSet),
    Page("sources", "sources/", "ffynonellau/", tables.sources),
    data("datapackage", "data/datapackage.json", "data/datapackage.json", download_views.package),
    *files("data/sources", "data/ffynonellau", {"csv": tables.sources_file}),
    Page("about", "about/", "ynghylch/", page_views.about),
    Page("help", "help/", "cymorth/", page_views.plain("help")),
    Page("safety", "safety/", "diogelwch/", page_views.plain("safety")),
    Page("accessibility", "accessibility/", "hygyrchedd/", page_views.plain("accessibility")),
    Page("privacy", "privacy/", "preifatrwydd/", page_views.plain("privacy")),
    Page("contact", "contact/", "cysylltu/", page_views.plain("contact")),
]

FEED_PATHS: list[tuple[Any, ...]] = [
    ("api", "", feed.details),
    ("api-openapi", "openapi.json", feed.described),
    ("api-services", "services", feed.services, ServiceFilterSet),
    ("api-service", "services/<uuid:identifier>", feed.service),
    ("api-taxonomies", "taxonomies", feed.taxonomy_list, NamesForm),
    ("api-taxonomy", "taxonomies/<uuid:identifier>", feed.taxonomy),
    ("api-terms", "taxonomy_terms", feed.term_list, TermsForm),
    ("api-term", "taxonomy_terms/<uuid:identifier>", feed.term),
    ("api-organizations", "organizations", feed.organization_list, NamesForm),
    ("api-organization", "organizations/<uuid:identifier>", feed.organization),
    ("api-places", "service_at_locations", feed.place_list, PageForm),
    ("api-place", "service_at_locations/<str:identifier>", feed.place),
    ("api-nothing", "<path:path>", feed.nothing),
]
# The path of the Open Referral feed is the standard's, in either language.
FEED = [Page(name, f"api/{words}", f"api/{words}", *rest) for name, words, *rest in FEED_PATHS]

NOT_IN_SITEMAP = ("compare", "changes-feed", "place")
PLAIN = [page.name for page in PAGES if not {"<", "."} & {*page.english}]
IN_SITEMAP = [name for name in PLAIN if name not in NOT_IN_SITEMAP]


def pages(language: str) -> tuple[list[URLPattern], str]:
    patterns = [
        path(page.welsh if language == "cy" else page.english, page.view, name=page.name)
        for page in (*PAGES, *FEED)
    ]
    # Without the slash at its end, or with one: programs ask both. `reverse` gives the last.
    others = [(f"{page.english}/".removesuffix("//"), page) for page in FEED[:-1]]
    otherwise = [path(other, page.view, name=page.name) for other, page in others]
    return otherwise + patterns, "directory"


# Open to who cannot sign in, under the names by which Django's own pages lead to each other.
PASSWORD_PAGES: list[tuple[str, Any, str]] = [
    ("forgotten/", ForgottenPage, "admin_password_reset"),
    ("forgotten/sent/", auth.PasswordResetDoneView, "password_reset_done"),
    ("set-password/<uidb64>/<token>/", auth.PasswordResetConfirmView, "password_reset_confirm"),
    ("set-password/done/", auth.PasswordResetCompleteView, "password_reset_complete"),
]
HEADINGS = {"site_header": admin.site.site_header, "site_title": admin.site.site_title}

urlpatterns = [
    path("", include(pages("en"), namespace="en")),
    path("cy/", include(pages("cy"), namespace="cy")),
    path("admin/weekly-digest/<str:token>/", digest_switch, name="weekly-digest"),
    *(
        path(f"admin/{route}", view.as_view(extra_context=HEADINGS), name=name)
        for route, view, name in PASSWORD_PAGES
    ),
    path("admin/", admin.site.urls),
    path("robots.txt", wellknown.robots),
    path("sitemap.xml", wellknown.sitemap, {"names": IN_SITEMAP}),
    path(".well-known/security.txt", wellknown.security),
]

handler400 = "core.error_pages.bad_request"
handler403 = "accounts.pages.permission_denied"
handler404 = "core.error_pages.not_found"
handler500 = "core.error_pages.server_error"
