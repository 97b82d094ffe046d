"""What can be wrong with a page that is looked at: scripts that answer with what they found."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

CONTROLS = "a, button, summary, input:not([type=hidden]), select, textarea"

SMALL = """controls => {
    const seen = [...document.querySelectorAll(controls)].filter(e =>
        e.checkVisibility() && !e.matches('.govuk-skip-link'));
    const box = e => e.getBoundingClientRect();
    const middle = e => ({x: box(e).left + box(e).width / 2, y: box(e).top + box(e).height / 2});
    const isSmall = e => Math.min(box(e).width, box(e).height) < 24;
    const inSentence = e => getComputedStyle(e).display === 'inline'
        && e.parentElement.textContent.trim().length > e.textContent.trim().length;
    const reaches = (e, other) => {  // a circle of 24 pixels around the small one
        const {x, y} = middle(e), b = box(other);
        const near = Math.hypot(x - Math.max(b.left, Math.min(x, b.right)),
                                y - Math.max(b.top, Math.min(y, b.bottom))) < 12;
        const apart = Math.hypot(x - middle(other).x, y - middle(other).y);
        return near || isSmall(other) && apart < 24;
    };
    return seen.filter(e => isSmall(e) && !inSentence(e)
        && seen.some(other => other !== e && reaches(e, other))).map(e => e.outerHTML);
}"""

SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
        word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
    const wide = document.documentElement.scrollWidth > innerWidth ? ['the page itself'] : [];
    const clips = e => ['hidden', 'clip'].some(each =>
        [getComputedStyle(e).overflowX, getComputedStyle(e).overflowY].includes(each));
    const written = [...document.body.querySelectorAll('*')].filter(e => e.checkVisibility()
        && !(e instanceof SVGElement)
        && !e.closest('.govuk-visually-hidden, .govuk-skip-link, .app-filter legend, thead'));
    const cut = written.filter(e => clips(e)
        && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1));
    const runsOn = written.filter(e => !clips(e) && e.clientHeight
        && getComputedStyle(e).overflowY === 'visible'
        && [...e.childNodes].some(each => each.nodeType === 3 && each.data.trim())
        && e.scrollHeight > e.clientHeight + 8);  // by a line; a few pixels are letters' own
    const drawn = [...document.querySelectorAll('svg text')].filter(e => {
        const text = e.getBoundingClientRect(), svg = e.closest('svg');
        const room = clips(svg) ? svg.getBoundingClientRect() : {left: 0, right: innerWidth};
        return text.width && (text.left < room.left || text.right > room.right);
    });
    document.adoptedStyleSheets = [];
    return [...wide, ...[...cut, ...runsOn, ...drawn].map(e => e.outerHTML.slice(0, 200))];
}"""

BEYOND = """() => [...document.body.querySelectorAll('*')].filter(e => {
    if (!e.checkVisibility() || e.closest('.govuk-visually-hidden, .govuk-skip-link, thead')
        || e.matches('tspan')) return false;
    const {left, right, width} = e.getBoundingClientRect();
    const scrolls = ['auto', 'scroll'].includes(getComputedStyle(e).overflowX);
    return width && (left < -1 || right > innerWidth + 1)
        || scrolls && e.scrollWidth > e.clientWidth + 1;
}).map(e => e.outerHTML.slice(0, 200))"""

SHUT = """() => [...document.querySelectorAll('details:not([open])')]"""

OPENED = "(all, opened) => all.forEach(each => { each.open = opened })"

ONLY_COLOUR = """() => [...document.querySelectorAll('main a, footer a')].filter(e => {
    const style = getComputedStyle(e);
    return e.checkVisibility() && !(e instanceof SVGElement)
        && !style.textDecorationLine.includes('underline') && style.borderBottomStyle === 'none';
}).map(e => e.outerHTML)"""

MOVING = """() => {
    const moves = style => style.scrollBehavior === 'smooth' || style.animationName !== 'none'
        || style.transitionDuration.split(',').some(each => parseFloat(each) > 0);
    const parts = [null, '::before', '::after'];
    return [...document.querySelectorAll('*')].filter(e =>
        parts.some(part => moves(getComputedStyle(e, part)))).map(e => e.outerHTML.slice(0, 200));
}"""

SEEN = """controls => [...document.querySelectorAll(controls)]
    .filter(e => e.checkVisibility()).map(e => e.outerHTML)"""

FOCUSED = "() => document.activeElement.outerHTML"

UNSEEN_FOCUS = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return '';
    const forced = matchMedia('(forced-colors: active)').matches;
    const rgba = colour => [...colour.match(/[\\d.]+/g) || [0, 0, 0, 0], 1].map(Number);
    const isClear = colour => rgba(colour)[3] === 0;
    const light = colour => rgba(colour).slice(0, 3)
        .reduce((sum, each, at) => sum + (each / 255) ** 2.2 * [.2126, .7152, .0722][at], .05);
    const apart = (one, other) => Math.abs(Math.log(light(one) / light(other))) >= Math.log(3);
    const ground = box => {
        const colour = box ? getComputedStyle(box).backgroundColor : 'rgb(255, 255, 255)';
        return isClear(colour) ? ground(box.parentElement) : colour;
    };
    const drawn = s => [
        // Forced colours leave no shadow, and give a clear outline a colour of theirs.
        ...(s.outlineStyle === 'none' ? [] : [forced ? 'rgb(0, 0, 0) forced' : s.outlineColor]),
        ...(forced ? [] : s.boxShadow.match(/rgba?[^)]*[)][^r]*/g) || []),
        ...(s.borderBottomWidth === '0px' ? [] : [`${s.borderBottomColor} ${s.borderBottomWidth}`]),
        ...(s.stroke === 'none' ? [] : [`${s.stroke} ${s.strokeWidth}`]),
    ];
    const label = (e.labels || [])[0], tile = e.querySelector('rect') || e;
    // A radio button is drawn by its label, and is itself there without being seen.
    const boxes = [[tile, null], [e, null], ...(label ? [[label, '::before']] : [])]
        .filter(([box]) => getComputedStyle(box).opacity !== '0');
    const look = () => ({
        lines: boxes.flatMap(([box, part]) => drawn(getComputedStyle(box, part))),
        ground: ground(e),
        width: e.getBoundingClientRect().width,
    });
    const focused = look();
    e.blur();
    const without = look();
    e.focus({preventScroll: true});
    const around = ground(e.parentElement);
    const isSeen = line => !isClear(line.split(')')[0]) && apart(line.split(')')[0], around);
    if (!(apart(focused.ground, without.ground) || without.width <= 1 && focused.width > 1
        || focused.lines.some(line => !without.lines.includes(line) && isSeen(line))))
        return 'focus does not show: ' + e.outerHTML;
    const box = tile.getClientRects()[0];
    const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const own = [e, ...(e.labels || [])];
    return own.some(each => each.contains(at)) ? '' : 'hidden behind something: ' + e.outerHTML;
}"""

JUMPED = """() => new Promise(resolve => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(each => sum += each.value))
        .observe({type: 'layout-shift', buffered: true});
    requestAnimationFrame(() => setTimeout(() => resolve(sum)));
})"""


@contextmanager
def all_opened(page: Page) -> Iterator[None]:
    """With all that a reader can open standing open."""
    shut = page.evaluate_handle(SHUT)
    shut.evaluate(OPENED, True)
    yield
    shut.evaluate(OPENED, False)


def widths(page: Page) -> Iterator[int]:
    """A page is as wide as on a desk, then as on a phone."""
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        yield width


def lost_to_the_eye(page: Page) -> list[str]:
    """What is wrong to see on a desk and on a phone, with all opened that can be."""
    looks = (beyond_the_edge, lost_when_spaced, small_targets)
    with all_opened(page):
        at_widths = [each for _width in widths(page) for look in looks for each in look(page)]
        return [*at_widths, *told_by_colour_alone(page), *moving(page)]


def small_targets(page: Page) -> list[str]:
    """Controls under 24 pixels that stand closer to another than WCAG 2.5.8 lets them."""
    return page.evaluate(SMALL, CONTROLS)


def beyond_the_edge(page: Page) -> list[str]:
    """What reaches out of the window, even if nothing can be scrolled, or scrolls sideways."""
    return page.evaluate(BEYOND)


def lost_when_spaced(page: Page) -> list[str]:
    """What is cut off, runs on or leaves its place when text is spaced as WCAG 1.4.12 has it."""
    return page.evaluate(SPACED)


def told_by_colour_alone(page: Page) -> list[str]:
    """Links that have neither a line nor a border to tell them from words."""
    return page.evaluate(ONLY_COLOUR)


def moving(page: Page) -> list[str]:
    """What moves, or scrolls smoothly, although the reader asked for less motion."""
    return page.evaluate(MOVING)


def controls(page: Page) -> list[str]:
    """All that can be followed, pressed or filled in, from the top."""
    return page.evaluate(SEEN, CONTROLS)


def focused(page: Page) -> str:
    """What has the focus."""
    return page.evaluate(FOCUSED)


def jumped(page: Page) -> float:
    """How much of the page has left its place since the reader first saw it."""
    return page.evaluate(JUMPED)


def unseen_focus(page: Page) -> str:
    """What is wrong with where the focus stands: it does not show, or is behind something."""
    return page.evaluate(UNSEEN_FOCUS)
