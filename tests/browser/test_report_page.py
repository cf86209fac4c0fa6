"""The HTML report in a real browser: legible, operable by keyboard, and deaf to what posts would do to it."""

from __future__ import annotations

import html.parser
import re
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from screening.assessment.screener import Screener
from screening.cli.report.page import write_report
from screening.cli.report.summary import Flagged, Summary
from screening.posts.post import Post, Salary

pytestmark = pytest.mark.browser

AT = datetime(2026, 3, 1, tzinfo=UTC)
RISKY = (
    "A registration fee of 200 euro is due before departure. We keep your passport until the season ends. "
    "Don't tell your family about this. No contract, cash in hand. Free accommodation, pay 2,400 EUR a month. "
)
HOSTILE = (
    "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">\"'>&amp;</div></article>"
)
SCREENER = Screener.load()


def posts() -> list[Post]:
    return [
        Post(platform="board", id="risky-1", title="Kitchen help in Berlin, leave tomorrow", country="DE", description=RISKY),
        Post(
            platform="board", id="hostile-1" + "x" * 400, title=HOSTILE, company=HOSTILE, city=HOSTILE, country="DE",
            url="javascript:alert(1)", salary=Salary(text=HOSTILE),
            description=f"{HOSTILE}\n{RISKY}\u202eturned {'word ' * 1_000}{'W' * 5_000}",
        ),
        Post(
            platform="board", id="arabic-1", title="مطلوب عمال", country="DE",
            description="No fees are charged. " + RISKY + "العمل في المانيا",
        ),
        Post(platform="board", id="clear-1", title="Warehouse worker", country="DE", description="Written contract."),
    ]  # fmt: skip


def report(folder: Path, chosen: list[Post], times: int = 1) -> Path:
    summary = Summary(keep=200)
    for post in chosen:
        assessed = Flagged(SCREENER.assess(post, assessed_at=AT), post)
        for _ in range(times):
            summary.add(assessed)
    summary.refused, summary.refusals = 1, [f"{HOSTILE}.jsonl, line 3: is not JSON"]
    target = folder / "report.html"
    write_report(
        target, summary, rules=SCREENER.rules, versions=SCREENER.versions, at=AT, inputs=["board.jsonl", HOSTILE]
    )
    return target


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return report(tmp_path_factory.mktemp("report"), posts()).as_uri()


def test_a_post_shows_everything_a_reviewer_needs(page: Page, address: str) -> None:
    page.goto(address)
    article = page.get_by_role("article", name="Kitchen help in Berlin, leave tomorrow")
    expect(article.locator("header .tier")).to_have_text("urgent")
    expect(article.get_by_text("risky-1", exact=True)).to_be_visible()
    expect(article.get_by_role("list", name="Concerns")).to_contain_text("forced labour: urgent")
    expect(article).to_contain_text("recruiters may not charge workers")
    expect(article.locator(".text mark.strong").first).to_be_visible()
    expect(article.get_by_role("img")).to_have_accessible_name(
        re.compile(r"Offered 2,400 EUR a month; minimum [\d,]+, .*high [\d,]+")
    )


def test_denials_and_protective_signs_stand_beside_the_warnings(page: Page, address: str) -> None:
    page.goto(address)
    article = page.locator("article", has_text="arabic-1")
    expect(article.get_by_role("heading", name="What speaks for it")).to_be_visible()
    expect(article).to_contain_text("nobody has checked it")


def test_only_flagged_posts_are_shown(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("article")).to_have_count(3)
    expect(page.locator("main")).not_to_contain_text("clear-1")


def test_contents_lead_to_each_post_and_back(page: Page, address: str) -> None:
    page.goto(address)
    link = page.get_by_role("navigation", name="Flagged posts").get_by_role("link", name="Kitchen help")
    link.click()
    article = page.get_by_role("article", name="Kitchen help")
    expect(article.get_by_role("heading", level=3)).to_be_in_viewport()
    article.get_by_role("link", name="Back to the contents").click()
    expect(page.get_by_role("heading", name="Flagged, foremost first")).to_be_in_viewport()


def test_evidence_opens_by_keyboard_and_leads_to_its_source(page: Page, address: str) -> None:
    page.goto(address)
    article = page.get_by_role("article", name="Kitchen help")
    summary = article.locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    table = article.get_by_role("table")
    expect(table).to_be_visible()
    expect(table.get_by_role("row").nth(1)).to_contain_text("strong")
    page.keyboard.press("Tab")
    expect(table.get_by_role("link").first).to_be_focused()
    key = table.get_by_role("link").first.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator(f"#source-{key}")).to_be_in_viewport()


def test_long_texts_scroll_by_keyboard_within_their_box(page: Page, address: str) -> None:
    page.goto(address)
    box = page.get_by_role("region", name="Text of post")
    box.focus()
    page.keyboard.press("End")
    page.wait_for_timeout(500)  # it scrolls smoothly; the page's policy forbids waiting by a predicate
    assert box.evaluate("box => box.scrollTop") > 0


def test_charts_have_names_and_figures(page: Page, address: str) -> None:
    page.goto(address)
    chart = page.get_by_role("table", name="Posts by tier")
    expect(chart.get_by_role("row", name="clear 1 25.0%")).to_be_visible()
    for name in ("Flagged, by concern", "Flagged, by warning sign", "Flagged, by sector", "Flagged, by language"):
        expect(page.get_by_role("table", name=name)).to_be_visible()


def test_marks_differ_by_more_than_colour_and_are_explained(page: Page, address: str) -> None:
    page.goto(address)
    lines = page.locator(".legend mark").evaluate_all(
        "marks => marks.map(m => getComputedStyle(m).borderBottomStyle + getComputedStyle(m).borderBottomWidth)"
    )
    assert len(lines) == len(set(lines)) == 4


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_scrolls_sideways(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(address)
    for summary in page.locator("article summary").all():
        summary.click()
    wide = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(e =>
             e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !e.closest('.scale, thead'))
             .map(e => e.tagName + '.' + e.className)"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert wide == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_contrast_meets_wcag_aa(page: Page, address: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    for summary in page.locator("article summary").all():
        summary.click()
    checked = page.evaluate(_CONTRASTS)
    assert len(checked) > 100
    assert [entry for entry in checked if entry["ratio"] < 4.5] == []


def test_the_two_schemes_differ(page: Page, address: str) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(address)
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert grounds[0] == "rgb(255, 255, 255)"
    assert grounds[1] != grounds[0]


def test_hostile_text_is_shown_and_does_nothing(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    article = page.locator("article", has_text="hostile-1")
    expect(article.get_by_role("heading", level=3)).to_have_text(HOSTILE)
    expect(article).not_to_contain_text("\u202e")
    assert page.title().startswith("Screening report")
    assert page.locator("script, img, iframe, article article").count() == 0
    assert page.locator("a:not([href^='#'])").count() == 0
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_it_reads_the_same_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(address)
    plain.get_by_role("article", name="Kitchen help").locator("summary").click()
    expect(plain.get_by_role("article", name="Kitchen help").get_by_role("table")).to_be_visible()
    context.close()


def test_tags_are_balanced_and_ids_unique(tmp_path: Path) -> None:
    checker = _Tags()
    checker.feed(report(tmp_path, posts()).read_text("utf-8"))
    checker.close()
    assert checker.faults == []
    assert checker.open == []
    assert len(checker.ids) == len(set(checker.ids))
    assert set(checker.anchors) <= set(checker.ids)


def test_two_hundred_posts_open_quickly(page: Page, tmp_path: Path) -> None:
    target = report(tmp_path, posts(), times=100)
    assert target.stat().st_size < 10_000_000
    started = time.monotonic()
    page.goto(target.as_uri())
    expect(page.locator("#post-200")).to_be_attached()
    assert time.monotonic() - started < 10
    expect(page.locator("main")).to_contain_text("The foremost 200 of 300 are shown")
    expect(page.locator("nav li").first).not_to_be_visible()  # so long a list of contents is closed at first


def test_nothing_flagged_says_so(page: Page, tmp_path: Path) -> None:
    page.goto(report(tmp_path, posts()[-1:]).as_uri())
    expect(page.get_by_role("heading", name="Nothing was flagged")).to_be_visible()


class _Tags(html.parser.HTMLParser):
    """Which elements are closed as they were opened, as the HTML standard wants it of all but the void ones."""

    VOID = frozenset({"meta", "link", "br", "img", "hr", "input"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.anchors: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if len(held) != len(attrs):
            self.faults.append(f"{tag} has an attribute twice")
        if held.get("id"):
            self.ids.append(str(held["id"]))
        if str(held.get("href", "")).startswith("#"):
            self.anchors.append(str(held["href"])[1:])
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")


_CONTRASTS = """() => {
  const parse = c => { const m = c.match(/[\\d.]+/g).map(Number); return {rgb: m.slice(0, 3), a: m.length > 3 ? m[3] : 1}; };
  const lum = rgb => { const [r, g, b] = rgb.map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b; };
  const ground = e => { for (let n = e; n; n = n.parentElement) { const c = parse(getComputedStyle(n).backgroundColor); if (c.a === 1) return c.rgb; }
    return [255, 255, 255]; };
  const found = [];
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    const style = getComputedStyle(e); if (style.visibility === 'hidden' || !e.getClientRects().length) continue;
    const a = lum(parse(style.color).rgb), b = lum(ground(e));
    found.push({what: e.tagName + '.' + e.className, text: e.textContent.trim().slice(0, 30),
      ratio: (Math.max(a, b) + .05) / (Math.min(a, b) + .05)});
  }
  return found;
}"""
