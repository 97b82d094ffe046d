"""Pages as others meet them: in colours of their own or none, and read aloud."""

from base64 import b64encode
from collections import Counter
from itertools import combinations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import looking

pytestmark = pytest.mark.english_sweep  # the same whatever holds the data

COLOURS = [
    pytest.param({"forced_colors": "active"}, "none", id="forced"),
    pytest.param({"forced_colors": "active", "color_scheme": "dark"}, "none", id="forced, dark"),
    pytest.param({}, "grayscale(1)", id="grey"),
]
KINDS = {
    "/provision/?by=funder": [
        [".app-square--alone", ".app-square--joint", ".app-square--silent"],
        [".app-cell:not(.app-cell--silent)", ".app-cell--silent"],
    ],
    "/timeline/": [[".app-mark:not(.app-mark--expected)", ".app-mark--expected"]],
}
WITHOUT_WORDS = """filter => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`text, .app-mark__period, .app-cell * { visibility: hidden }
        html { filter: ${filter} }`);
    document.adoptedStyleSheets = [sheet];
}"""


GREYS = """async pictures => Promise.all(pictures.map(async picture => {
    const bytes = Uint8Array.from(atob(picture), each => each.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], {type: 'image/png'}));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    canvas.drawImage(bitmap, 0, 0);
    const data = canvas.getImageData(0, 0, bitmap.width, bitmap.height).data;
    return Array.from(data.filter((_, index) => index % 4 === 1));
}))"""


def drawn(page: Page, kind: str) -> str:
    """A corner of the first of a kind, of the same size for each."""
    element = page.locator(kind).first
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    assert box
    picture = page.screenshot(clip={"x": box["x"], "y": box["y"], "width": 26, "height": 26})
    return b64encode(picture).decode()


def unlike(one: list[int], other: list[int]) -> bool:
    """Whether some of it is clearly darker or lighter, and not just another shade."""
    clearly = [abs(a - b) > 40 for a, b in zip(one, other, strict=True)]
    return sum(clearly) > len(clearly) * 0.02


@pytest.mark.parametrize(("colours", "filter_"), COLOURS)
def test_what_a_picture_means_is_drawn_and_not_only_coloured(open_page, colours, filter_):
    blank = open_page("about:blank")
    for path, groups in KINDS.items():
        page = open_page(path, **colours)
        page.evaluate(WITHOUT_WORDS, filter_)
        for kinds in groups:
            greys = blank.evaluate(GREYS, [drawn(page, kind) for kind in kinds])
            assert all(unlike(one, other) for one, other in combinations(greys, 2))


EDGES = ".govuk-button, .app-chip, .app-tag, .app-not-stated, [aria-current], .govuk-input"
WITHOUT_EDGE = """edges => [...document.querySelectorAll(edges)].filter(e => {
    const style = getComputedStyle(e);
    return e.checkVisibility() && (style.borderBottomStyle === 'none'
        || style.borderBottomWidth === '0px'
        || style.borderBottomColor === getComputedStyle(document.body).backgroundColor);
}).map(e => e.outerHTML)"""


def test_forced_colours_leave_edges_and_focus(open_page):
    page = open_page("/programmes/?area=gwent", forced_colors="active")
    assert page.evaluate(WITHOUT_EDGE, EDGES) == []
    others = page.locator(".app-navigation a:not([aria-current])")
    assert page.locator(".app-navigation [aria-current]").evaluate(
        "e => getComputedStyle(e).borderBottomColor"
    ) != others.first.evaluate("e => getComputedStyle(e).borderBottomColor")
    for path in ("/programmes/?area=gwent", "/", "/check/"):
        page.goto(path)
        for _ in range(25):
            page.keyboard.press("Tab")
            assert looking.unseen_focus(page) == ""


def test_no_badge_leaves_its_meaning_to_its_colour(open_page):
    page = open_page("/programmes/")
    both = "all => all.map(e => [e.className, e.innerText])"
    badges = page.locator(".app-tag").evaluate_all(both)
    meanings = {tuple(badge) for badge in badges}
    assert len(meanings) == len({text for _class, text in meanings}) >= 3


@pytest.mark.parametrize(
    "path",
    [
        "/cy/darpariaeth/",
        "/forces/gwent/",
        "/compare/?programme=gwent/cara&programme=gwent/phoenix-das",
        "/data/",
    ],
)
def test_a_table_is_read_as_one_on_a_phone(open_page, path):
    page = open_page(path, 320)
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    heard = [node for node in nodes if not node["ignored"]]
    roles = Counter(node["role"]["value"] for node in heard)
    assert roles["table"] == page.locator("table").count() > 0
    assert all(node["name"]["value"] for node in heard if node["role"]["value"] == "table")
    assert roles["columnheader"] == page.locator("th[scope=col]").count()
    assert roles["rowheader"] == page.locator("th[scope=row]").count()
    assert roles["cell"] == page.locator("td").count()


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/programmes/?risk=enormous", "#id_risk"),
        ("/cy/newidiadau/?since=yesterday", "#id_since"),
        ("/provision/?by=nothing", "#id_by"),
        ("/cy/cymharu/?programme=gwent/nothing", "#choose"),
    ],
)
def test_a_problem_is_told_first_and_leads_to_its_field(open_page, path, field):
    page = open_page(path)
    assert page.title().startswith(("Error:", "Gwall:"))
    summary, at_field = page.get_by_role("alert"), page.locator(field)
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(at_field).to_be_focused()
    expect(at_field).to_be_in_viewport()
    if field != "#choose":
        told = page.locator(f"{field}_error").evaluate("e => e.lastChild.textContent.trim()")
        expect(summary).to_contain_text(told)
        assert f"{field}_error"[1:] in (at_field.get_attribute("aria-describedby") or "")
