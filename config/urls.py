"""Addresses. `PAGES` is the one place where the path words stand in both languages.

Names are `directory:…`: Django chooses the language of the page that asks (`request.current_app`);
`en:…` and `cy:…` name a language outright.
"""

from collections.abc import Callable

from django.contrib import admin
from django.urls import URLPattern, include, path
from django.views.decorators.csrf import csrf_exempt

from config import wellknown
from programmes.areas import views as area_views
from programmes.changes import views as changes_views
from programmes.corrections import views as correction_views
from programmes.downloads import formats
from programmes.downloads import views as download_views
from programmes.entries import views as entry_views
from programmes.listing import views as listing_views
from programmes.open_referral import views as feed
from programmes.overviews import compare_views, tables
from programmes.overviews import views as overview_views
from programmes.pages import views as page_views
from programmes.pages.privacy import KEPT
from programmes.referral_check import views as check_views

Page = tuple[str, str, str, Callable]


def table_files(
    page: str, english: str, welsh: str, make: tables.Maker, usual: str = ""
) -> list[Page]:
    """The downloads of what a page counts."""
    return [
        (
            f"{english}-{suffix}",
            f"{english}.{suffix}",
            f"{welsh}.{suffix}",
            tables.table(make, page, suffix, usual),
        )
        for suffix in ("csv", "json")
    ]


PAGES: list[Page] = [
    ("home", "", "", page_views.home),
    ("programmes", "programmes/", "rhaglenni/", listing_views.programmes),
    ("programmes-csv", "programmes.csv", "rhaglenni.csv", download_views.download(formats.CSV)),
    (
        "programmes-xlsx",
        "programmes.xlsx",
        "rhaglenni.xlsx",
        download_views.download(formats.XLSX),
    ),
    (
        "programmes-json",
        "programmes.json",
        "rhaglenni.json",
        download_views.download(formats.JSON),
    ),
    (
        "entry",
        "programmes/<slug:area>/<slug:slug>/",
        "rhaglenni/<slug:area>/<slug:slug>/",
        entry_views.entry,
    ),
    (
        "correction",
        "programmes/<slug:area>/<slug:slug>/correction/",
        "rhaglenni/<slug:area>/<slug:slug>/cywiriad/",
        correction_views.correction,
    ),
    ("check", "check/", "gwirio/", check_views.check),
    ("provision", "provision/", "darpariaeth/", overview_views.provision_matrix),
    ("compare", "compare/", "cymharu/", compare_views.compare),
    ("evidence", "evidence/", "tystiolaeth/", overview_views.evidence),
    ("timeline", "timeline/", "llinell-amser/", overview_views.timeline),
    ("compare-csv", "compare.csv", "cymharu.csv", compare_views.compare_file(formats.CSV)),
    (
        "compare-json",
        "compare.json",
        "cymharu.json",
        compare_views.compare_file(formats.JSON),
    ),
    *table_files(
        "provision",
        "provision",
        "darpariaeth",
        tables.matrix_table,
        tables.COMMUNITY,
    ),
    *table_files("provision", "money", "cyllid", tables.money_table, tables.COMMUNITY),
    *table_files("evidence", "evidence", "tystiolaeth", tables.evidence_table),
    *table_files("timeline", "timeline", "llinell-amser", tables.timeline_table),
    ("changes", "changes/", "newidiadau/", changes_views.changes),
    ("changes-feed", "changes/feed/", "newidiadau/ffrwd/", changes_views.feed),
    ("forces", "forces/", "heddluoedd/", area_views.force_areas),
    ("force", "forces/<slug:area>/", "heddluoedd/<slug:area>/", area_views.force_area),
    ("data", "data/", "data/", download_views.data),
    (
        "statements-csv",
        "data/statements.csv",
        "data/datganiadau.csv",
        download_views.download(formats.STATEMENTS),
    ),
    (
        "readings-csv",
        "data/readings.csv",
        "data/darlleniadau.csv",
        download_views.download(formats.READINGS),
    ),
    ("about", "about/", "ynghylch/", page_views.plain("about")),
    ("help", "help/", "cymorth/", page_views.plain("help")),
    ("safety", "safety/", "diogelwch/", page_views.plain("safety")),
    ("accessibility", "accessibility/", "hygyrchedd/", page_views.plain("accessibility")),
    ("privacy", "privacy/", "preifatrwydd/", page_views.plain("privacy", kept=KEPT)),
    ("contact", "contact/", "cysylltu/", page_views.plain("contact")),
]


FEED: list[tuple[str, str, Callable]] = [
    ("api", "", feed.details),
    ("api-openapi", "openapi.json", feed.described),
    ("api-services", "services", feed.services),
    ("api-service", "services/<uuid:identifier>", feed.service),
    ("api-taxonomies", "taxonomies", feed.taxonomy_list),
    ("api-taxonomy", "taxonomies/<uuid:identifier>", feed.taxonomy),
    ("api-terms", "taxonomy_terms", feed.term_list),
    ("api-term", "taxonomy_terms/<uuid:identifier>", feed.term),
    ("api-organizations", "organizations", feed.organization_list),
    ("api-organization", "organizations/<uuid:identifier>", feed.organization),
    ("api-places", "service_at_locations", feed.places),
    ("api-place", "service_at_locations/<str:identifier>", feed.places),
    ("api-nothing", "<path:path>", feed.nothing),
]
"""The Open Referral feed: its words are the standard's, in either language."""


def pages(language: str) -> tuple[list[URLPattern], str]:
    patterns = [
        # There is no cookie that a forged request could use; `uncached_form` guards what is posted.
        path(welsh if language == "cy" else english, csrf_exempt(view), name=name)
        for name, english, welsh, view in PAGES
    ]
    patterns += [path(f"api/{words}", csrf_exempt(view), name=name) for name, words, view in FEED]
    return patterns, "directory"


urlpatterns = [
    path("", include(pages("en"), namespace="en")),
    path("cy/", include(pages("cy"), namespace="cy")),
    path("admin/", admin.site.urls),
    path("robots.txt", wellknown.robots),
    path("sitemap.xml", wellknown.sitemap),
    path(".well-known/security.txt", wellknown.security),
]

handler400 = "core.error_pages.bad_request"
handler403 = "core.error_pages.permission_denied"
handler404 = "core.error_pages.not_found"
handler500 = "core.error_pages.server_error"
