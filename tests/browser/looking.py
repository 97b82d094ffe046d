"""What can be wrong with a page that is looked at: scripts that answer with what they found."""

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
    const cut = [...document.body.querySelectorAll('*')].filter(e => e.checkVisibility()
        && !(e instanceof SVGElement) && clips(e)
        && !e.closest('.govuk-visually-hidden, .govuk-skip-link, .app-filter legend, thead')
        && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1));
    const drawn = [...document.querySelectorAll('svg text')].filter(e => {
        const text = e.getBoundingClientRect(), svg = e.closest('svg');
        const room = clips(svg) ? svg.getBoundingClientRect() : {left: 0, right: innerWidth};
        return text.width && (text.left < room.left || text.right > room.right);
    });
    document.adoptedStyleSheets = [];
    return [...wide, ...[...cut, ...drawn].map(e => e.outerHTML.slice(0, 200))];
}"""

ONLY_COLOUR = """() => [...document.querySelectorAll('main a, footer a')].filter(e => {
    const style = getComputedStyle(e);
    return e.checkVisibility() && !(e instanceof SVGElement)
        && !style.textDecorationLine.includes('underline') && style.borderBottomStyle === 'none';
}).map(e => e.outerHTML)"""

MOVING = """() => [...document.querySelectorAll('*')].filter(e => {
    const style = getComputedStyle(e);
    return style.scrollBehavior === 'smooth' || style.animationName !== 'none'
        || style.transitionDuration.split(',').some(each => parseFloat(each) > 0);
}).map(e => e.outerHTML.slice(0, 200))"""

UNSEEN_FOCUS = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return '';
    const label = (e.labels || [])[0];
    // A radio button is drawn by its label, and is itself there without being seen.
    const boxes = [[e, null], ...(label ? [[label, '::before']] : [])]
        .filter(([box]) => getComputedStyle(box).opacity !== '0');
    const look = () => JSON.stringify(boxes.map(([box, part]) => {
        const s = getComputedStyle(box, part);
        return [s.outlineStyle === 'none' || [s.outlineWidth, s.outlineColor], s.boxShadow,
                s.backgroundColor, s.borderWidth === '0px' || [s.borderWidth, s.borderColor],
                s.strokeWidth];
    }));
    const focused = look();
    e.blur();
    const without = look();
    e.focus({preventScroll: true});
    if (focused === without) return 'focus does not show: ' + e.outerHTML;
    const box = (e.querySelector('rect') || e).getClientRects()[0];
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


def small_targets(page: Page) -> list[str]:
    """Controls under 24 pixels that stand closer to another than WCAG 2.5.8 lets them."""
    return page.evaluate(SMALL, CONTROLS)


def lost_when_spaced(page: Page) -> list[str]:
    """What is cut off, or leaves its place, when text is spaced as WCAG 1.4.12 has it."""
    return page.evaluate(SPACED)


def told_by_colour_alone(page: Page) -> list[str]:
    """Links that have neither a line nor a border to tell them from words."""
    return page.evaluate(ONLY_COLOUR)


def moving(page: Page) -> list[str]:
    """What moves, or scrolls smoothly, although the reader asked for less motion."""
    return page.evaluate(MOVING)


def jumped(page: Page) -> float:
    """How much of the page has left its place since the reader first saw it."""
    return page.evaluate(JUMPED)


def unseen_focus(page: Page) -> str:
    """What is wrong with where the focus stands: it does not show, or is behind something."""
    return page.evaluate(UNSEEN_FOCUS)
