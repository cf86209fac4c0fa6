"""The console's pages in a real browser: accessible, legible on a phone and a desk, whole without script, quick with it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.console_pages import PAGES
from tests.browser.console_site import Site, serving
from tests.fakes.console_cases import case

pytestmark = pytest.mark.browser

ADDRESSES = (
    "/console", "/console?page=2&tier=foo&colour=red", "/console?list=decided", "/console?q=f2f6843c", "/console?q=nothing",
    "/console?tier=urgent&platform=none", "/console/case?id=lacking", "/console/case?id=open", "/console/case?id=appeal",
    "/console/case?id=hidden", "/console/case?id=blind", "/console/case?id=read", "/console/case?id=pictures", "/console/campaign", "/console/partners",
    "/console/measured", "/console/quality", "/console/golden",
    "/console/look-up", "/console/look-up?q=a-4711", "/console/look-up?q=phone%3Dk1:aa", "/console/look-up?q=nothing&nothing=1",
    "/console/batch", "/console/batch?wrong=count", "/console/batch-done",
    "/console/admin", "/console/admin/teams", "/console/admin/teams?id=team-a", "/console/admin/platforms", "/console/admin/platforms?id=alpha",
    "/console/admin/partners", "/console/admin/partners?id=ngo-a", "/console/admin/secrets",
    "/console/metrics", "/console/confirm", "/console/error", "/console/reason", "/console/case?id=decided", "/console/case?id=decided&gone=1", "/console/case?id=next", "/console/case?id=seven",
)  # fmt: skip
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving(PAGES) as started:
        yield started


@pytest.fixture(autouse=True)
def _nothing_sent(site: Site) -> None:
    site.posted.clear()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page of a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def in_language(address: str, language: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang={language}"


def open_all(page: Page) -> None:
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("en", 390, "light"), ("en", 1280, "dark"), ("uk", 1280, "light"), ("pl", 390, "dark"), ("ro", 1280, "dark"), ("de", 390, "light")],
)  # fmt: skip
def test_no_page_has_a_serious_fault_of_accessibility_or_runs_over(
    page: Page, site: Site, language: str, width: int, scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    axe = Axe()
    for address in ADDRESSES:
        page.goto(site.url(in_language(address, language)))
        open_all(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        found = axe.run(page, options=WCAG).response["violations"]
        faults = [
            (fault["id"], fault["impact"], [node["html"][:160] for node in fault["nodes"][:3]])
            for fault in found
            if fault["impact"] in ("serious", "critical")
        ]
        assert faults == [], address


def test_targets_are_large_enough_to_hit(page: Page, site: Site) -> None:
    """WCAG 2.2, 2.5.8: 24 CSS pixels either way, but for links within a sentence or a list of text."""
    for address in ADDRESSES:
        page.goto(site.url(address))
        small = page.evaluate("""() => [...document.querySelectorAll('button, select, .button, .ref, .back, summary, nav a, .languages a')]
            .filter(one => one.checkVisibility() && !one.closest('.skip'))
            .map(one => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
            .filter(([_, box]) => box.width < 24 || box.height < 24).map(([html]) => html)""")
        assert small == [], address


def test_the_focus_is_seen_on_everything_that_takes_it(page: Page, site: Site) -> None:
    page.goto(site.url("/console/case?id=open"))
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        style = page.evaluate("""() => { const at = document.activeElement, own = getComputedStyle(at);
            const row = at.closest('.action'), around = row && getComputedStyle(row);
            return [at.tagName + '.' + at.className, own.outlineStyle !== 'none' || (around && around.outlineStyle !== 'none')]; }""")
        if not style[0].startswith("BODY."):  # past the last one, before the first
            seen.add(style[0])
            assert style[1], style
    assert len(seen) > 5


def test_each_page_says_its_language_and_offers_the_other(page: Page, site: Site) -> None:
    page.goto(site.url("/console/case?id=open"))
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Українська").click()
    assert page.locator("html").get_attribute("lang") == "uk"
    assert "id=open" in page.url
    expect(page.get_by_role("heading", name="Рішення")).to_be_visible()


def test_the_queue_says_what_to_know_of_each_case(page: Page, site: Site) -> None:
    page.goto(site.url("/console"))
    rows = page.locator("table.cases tbody tr")
    expect(rows.nth(0)).to_contain_text("50 min overdue")
    expect(rows.nth(0)).to_contain_text("waits for a second person")
    expect(rows.nth(0)).to_contain_text("UA → PL")
    expect(rows.nth(2)).to_contain_text("somebody works on it")
    expect(page.locator("main")).to_contain_text("Today: 12 of 40 decided")
    expect(page.get_by_role("link", name="Show them all")).to_have_attribute("href", re.compile("all=1"))


def test_pages_lists_and_search_work_without_script(plain: Page, site: Site) -> None:
    plain.goto(site.url("/console"))
    expect(plain.locator("main")).to_contain_text("67 cases wait")
    first = plain.locator("table.cases a[data-case]").first.get_attribute("data-case")
    plain.get_by_role("link", name="Next page").click()
    expect(plain.get_by_text("Page 2 of 3")).to_be_visible()
    assert plain.locator("table.cases a[data-case]").first.get_attribute("data-case") != first
    plain.get_by_role("link", name="Decided", exact=True).click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Decided cases of team-a")
    plain.get_by_label("Find a case").fill("f2f6843c")
    plain.get_by_role("button", name="Find").click()
    assert "q=f2f6843c" in plain.url
    expect(plain.get_by_role("heading", level=1)).to_contain_text("f2f6843c")


def test_a_distressing_sentence_is_shown_when_asked_for_without_script(plain: Page, site: Site) -> None:
    plain.goto(site.url("/console"))
    row = plain.locator("table.cases tbody tr").nth(0)
    expect(row.locator("q")).not_to_be_visible()
    row.get_by_text("distressing: show the sentence").click()
    expect(row.locator("q")).to_contain_text("паспорт зберігається в офісі")


def test_the_override_and_the_notice_are_one_click_away_without_script(plain: Page, site: Site) -> None:
    plain.goto(site.url("/console/case?id=lacking"))
    expect(plain.locator("#lacking")).to_contain_text("Counts for a referral: papers kept by others")
    plain.get_by_text("What is missing, and what can be done instead").click()
    plain.get_by_text("Notify an authority instead").click()
    expect(plain.locator("[value='notify_authority']")).to_be_checked()
    plain.locator("label.button", has_text="Refer all the same").click()
    expect(plain.locator("[value='refer:override']")).to_be_checked()


def test_a_case_of_the_audit_sample_looks_like_any_other(page: Page, site: Site) -> None:
    page.goto(site.url("/console"))
    expect(page.locator("table.cases tbody tr").nth(3).locator(".tier")).to_have_text("Review")
    expect(page.locator("table.cases tbody tr").nth(3)).to_contain_text("Пекар у Кракові")
    expect(page.locator("table.cases tbody tr").nth(3).locator("q")).to_have_text("Печемо хліб.")
    text = page.content()
    assert "audit" not in text
    assert "clear" not in page.locator("table.cases").inner_html().replace("Clear", "")


def test_filters_work_without_script(plain: Page, site: Site) -> None:
    plain.goto(site.url("/console"))
    plain.get_by_text("Filter", exact=True).click()
    plain.get_by_label("Urgency").select_option("urgent")
    plain.get_by_role("button", name="Apply").click()
    assert "tier=urgent" in plain.url
    expect(plain.get_by_label("Urgency")).to_have_value("urgent")
    expect(plain.get_by_role("link", name="Clear")).to_be_visible()


def test_a_case_is_decided_without_script(plain: Page, site: Site) -> None:
    plain.goto(site.url("/console/case?id=open"))
    plain.get_by_label("Refer to a partner").check()
    plain.get_by_label("Partner, where one").select_option("police-b")
    plain.get_by_label("Reason in your own words").fill("Documents are kept and a fee is asked.")
    plain.get_by_role("button", name="Decide").click()
    [(path, fields)] = site.posted
    assert path == "/console/decide"
    assert fields["action"] == "refer"
    assert fields["partner"] == "police-b"
    assert fields["decision_id"] == "d-1"
    assert fields["revision"] == "0"


def test_notes_explain_each_mark_without_script(plain: Page, site: Site) -> None:
    plain.goto(site.url("/console/case?id=open"))
    plain.locator("mark[data-notes='2'] + a.ref").click()
    note = plain.locator("#note-2")
    expect(note).to_be_in_viewport()
    note.locator("summary").click()
    expect(note).to_contain_text("keeping documents is an ILO sign of forced labour")
    expect(note).to_contain_text("What else would explain it")
    expect(note.get_by_role("link", name="ILO, Indicators of Forced Labour")).to_have_attribute(
        "rel", "noopener noreferrer"
    )


def test_denied_and_protective_words_differ_by_more_than_colour(page: Page, site: Site) -> None:
    page.goto(site.url("/console/case?id=open"))
    lines = page.locator(".legend mark").evaluate_all(
        "marks => marks.map(m => getComputedStyle(m).borderBottomStyle + getComputedStyle(m).borderBottomWidth)"
    )
    assert len(lines) == len(set(lines)) == 4
    expect(page.locator("#note-9")).to_contain_text("denied")
    expect(page.locator("#note-8")).to_contain_text("claimed")


def test_sexualised_words_are_hidden_until_asked_for(plain: Page, site: Site) -> None:
    plain.goto(site.url("/console/case?id=open"))
    words = plain.locator("mark", has_text="хостес у клубі")
    expect(words).not_to_be_visible()
    plain.locator(".veil summary").first.click()
    expect(words).to_be_visible()
    note = plain.locator("#note-5")
    note.locator("summary").first.click()
    quotes = note.locator(".quotes")
    expect(quotes).not_to_be_visible()
    note.get_by_text("Show the words").click()
    expect(quotes).to_be_visible()


def test_a_text_beyond_the_days_share_is_shown_when_asked_for(plain: Page, site: Site) -> None:
    plain.goto(site.url("/console/case?id=hidden"))
    expect(plain.locator(".offer .text")).to_have_count(0)
    expect(plain.get_by_role("link", name="Show the text all the same")).to_have_attribute("href", re.compile("show=1"))


def test_a_text_that_was_not_shown_offers_no_decision(plain: Page, site: Site) -> None:
    plain.goto(site.url("/console/case?id=hidden"))
    expect(plain.get_by_text("nothing can be decided yet")).to_be_visible()
    assert plain.locator("[name=action]").count() == 0
    expect(plain.get_by_role("button", name="Skip")).to_be_visible()


def test_ready_made_reasons_are_those_of_the_chosen_action_without_script(plain: Page, site: Site) -> None:
    plain.goto(site.url("/console/case?id=open"))
    reasons = plain.locator("details.ready:visible")
    expect(reasons).to_have_count(6)  # folded, until an action is chosen
    expect(plain.locator(".ready .action:visible")).to_have_count(0)
    plain.get_by_label("Dismiss").check()
    expect(reasons).to_have_count(1)
    reasons.locator("summary").click()
    expect(reasons).to_contain_text("Has another explanation here: Identity documents are to be handed over")
    plain.get_by_label("Ask the platform to remove it").check()
    reasons.locator("summary").click()
    reasons.get_by_label("The text says it plainly: Identity documents").check()
    plain.get_by_role("button", name="Decide").click()
    [(_, fields)] = site.posted
    assert (fields["action"], fields["ready:remove:plain:doc_retention"]) == ("remove", "yes")


def test_a_ticked_reason_is_reason_enough_for_the_script(page: Page, site: Site) -> None:
    page.goto(site.url("/console/case?id=open"))
    page.get_by_label("Dismiss").check()
    page.get_by_label("confirms no warning sign").check()
    page.get_by_role("button", name="Decide").click()
    [(_, fields)] = site.posted
    assert fields["ready:dismiss:not_borne_out"] == "yes"


def test_a_thin_reason_comes_back_with_what_was_written(plain: Page, site: Site) -> None:
    plain.goto(site.url("/console/reason"))
    expect(plain.get_by_role("alert")).to_contain_text("too thin")
    expect(plain.get_by_label("Reason in your own words")).to_have_value(".")
    plain.get_by_label("Reason in your own words").fill("A bakery, wages are stated.")
    plain.get_by_role("button", name="Decide").click()
    [(path, fields)] = site.posted
    assert (path, fields["decision_id"], fields["action"]) == ("/console/decide", "d-1", "dismiss")


def test_what_was_decided_is_read_undone_and_opened_again_without_script(plain: Page, site: Site) -> None:
    plain.goto(site.url("/console/case?id=decided"))
    told = plain.get_by_role("region", name="What was decided, and why")
    expect(told).to_contain_text("set aside: opened again")
    expect(told).to_contain_text("The text says it plainly: Identity documents")
    expect(told).to_contain_text("They keep the papers.")
    plain.get_by_role("button", name="Take my decision back").click()
    assert site.posted[0][0] == "/console/undo"
    plain.goto(site.url("/console/case?id=decided&gone=1"))
    expect(plain.get_by_role("button", name="Take my decision back")).to_have_count(0)
    expect(plain.get_by_text("It has been sent and can't be undone.")).to_be_visible()
    plain.get_by_text("Open the case again", exact=True).click()
    plain.get_by_label("What was wrong with it").fill("The passport is kept after all.")
    plain.get_by_role("button", name="Open again").click()
    assert site.posted[1][0] == "/console/reopen"


def test_comments_hand_over_and_a_time_to_skip_work_without_script(plain: Page, site: Site) -> None:
    plain.goto(site.url("/console/case?id=lacking"))
    talk = plain.get_by_role("region", name="Comments")
    expect(talk).to_contain_text("@senior is this agency known?")
    talk.get_by_text("Write a comment", exact=True).click()
    talk.get_by_label("Your comment").fill("It is, since May.")
    talk.get_by_role("button", name="Comment", exact=True).click()
    plain.goto(site.url("/console/case?id=lacking"))
    talk.get_by_text("Hand to a senior", exact=True).click()
    talk.get_by_label("What the senior should look at").fill("Is this a minor?")
    talk.get_by_role("button", name="Hand over").click()
    plain.goto(site.url("/console/case?id=lacking"))
    plain.get_by_text("For how long, and a note for yourself").click()
    plain.get_by_label("Skip for").select_option("4h")
    plain.get_by_label("Note for yourself").fill("Ask for the licence.")
    plain.get_by_role("button", name="Skip", exact=True).click()
    (said, handed, skipped) = site.posted
    assert (said[0], said[1]["words"]) == ("/console/comment", "It is, since May.")
    assert (handed[0], handed[1]["hand_over"], handed[1]["words"]) == ("/console/comment", "yes", "Is this a minor?")
    assert (skipped[0], skipped[1]["aside"], skipped[1]["aside_note"]) == (
        "/console/skip",
        "4h",
        "Ask for the licence.",
    )


def test_keys_choose_reason_and_send(page: Page, site: Site) -> None:
    page.goto(site.url("/console/case?id=open"))
    page.keyboard.press("5")
    expect(page.get_by_label("Refer to a partner")).to_be_checked()
    page.get_by_label("Partner, where one").select_option("police-b")
    page.locator("h1").click()
    page.keyboard.press("r")
    page.keyboard.type("1 fee, 2 documents")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    [(_, fields)] = site.posted
    assert fields["action"] == "refer"
    assert fields["reason"] == "1 fee, 2 documents"


def test_keys_walk_the_queue_and_its_cases(page: Page, site: Site) -> None:
    page.goto(site.url("/console"))
    for key in ("j", "j", "k", "j"):
        page.keyboard.press(key)
    second = page.locator("a[data-case]").nth(1)
    expect(second).to_be_focused()
    expect(page.locator("a[data-case]").first).to_have_text(case(1).case[:8])
    page.goto(site.url("/console/case?id=open"))  # the page of the first case
    expect(page.get_by_role("link", name="Previous")).not_to_be_visible()
    page.keyboard.press("j")
    page.wait_for_url(re.compile(re.escape(case(2).case)))


def test_the_next_case_is_taken_and_one_is_skipped_by_key(page: Page, site: Site) -> None:
    page.goto(site.url("/console?tier=urgent"))
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    assert site.posted[0] == ("/console/take", {"token": "t", "team": "team-a", "tier": "urgent"})
    page.goto(site.url("/console/case?id=open"))
    page.keyboard.press("s")
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    assert site.posted[1][0] == "/console/skip"


def test_help_opens_by_key_and_single_keys_can_be_switched_off(page: Page, site: Site) -> None:
    page.goto(site.url("/console/case?id=open"))
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Use single keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("5")
    expect(page.get_by_label("Refer to a partner")).not_to_be_checked()


def test_a_click_on_a_mark_shows_its_note_beside_it(page: Page, site: Site) -> None:
    page.goto(site.url("/console/case?id=open"))
    page.locator("mark[data-notes='2']").click()
    popover = page.locator(".pop")
    expect(popover).to_be_visible()
    expect(popover).to_contain_text("What else would explain it")
    page.keyboard.press("Escape")
    expect(popover).not_to_be_visible()


def test_a_form_is_sent_once_however_often_it_is_pressed(page: Page, site: Site) -> None:
    page.goto(site.url("/console/case?id=open"))
    page.get_by_label("Dismiss").check()
    page.get_by_label("Reason in your own words").fill("Nothing in it.")
    page.evaluate("""() => { const form = document.querySelector('form[data-decide]');
        form.addEventListener('submit', (event) => { if (!event.defaultPrevented) window.sent = (window.sent || 0) + 1; event.preventDefault(); });
        form.requestSubmit(); form.requestSubmit(); form.requestSubmit(); }""")
    assert page.evaluate("window.sent") == 1


def test_a_reason_is_asked_for_before_the_form_is_sent(page: Page, site: Site) -> None:
    page.goto(site.url("/console/case?id=open"))
    page.get_by_label("Dismiss").check()
    page.get_by_role("button", name="Decide").click()
    assert site.posted == []
    expect(page.get_by_label("Reason in your own words")).to_be_focused()


def test_what_leaves_the_house_is_stated_once_more(plain: Page, site: Site) -> None:
    plain.goto(site.url("/console/confirm"))
    expect(plain.locator("main")).to_contain_text("A second person must agree")
    plain.get_by_role("button", name="Yes, do this").click()
    [(path, fields)] = site.posted
    assert (path, fields["confirmed"], fields["decision_id"]) == ("/console/decide", "yes", "d-1")


def test_who_may_not_decide_is_offered_nothing_to_decide_with(page: Page, site: Site) -> None:
    page.goto(site.url("/console/case?id=read"))
    expect(page.get_by_role("heading", name="What was found")).to_be_visible()
    assert page.locator("form[data-decide], [data-skip], [data-take]").count() == 0


def test_contacts_are_told_by_kind_and_country_alone(page: Page, site: Site) -> None:
    page.goto(site.url("/console/case?id=open"))
    expect(page.locator(".facts").first).to_contain_text("telephone (PL) × 2, Telegram")
    assert "k1:" not in page.content()


def test_what_a_post_says_is_shown_and_never_run(page: Page, site: Site) -> None:
    page.goto(site.url("/console/case?id=open"))
    expect(page.locator(".text.description")).to_contain_text("<script>document.title='owned'</script>")
    assert page.title().startswith("Case")
    assert page.locator("a[href*='jobs-pl.example']").count() == 0, "a visit may tell the poster that somebody looks"


def test_a_campaign_of_two_hundred_posts_opens_within_a_second(page: Page, site: Site) -> None:
    page.goto(site.url("/console"))
    started = time.monotonic()
    page.goto(site.url("/console/campaign"))
    assert time.monotonic() - started < 1
    expect(page.get_by_role("img", name=re.compile("Posts from"))).to_be_visible()
    expect(page.locator("table.members tbody tr")).to_have_count(200)
    page.get_by_text("These texts may be distressing").click()
    slot = page.locator(".slot").first
    slot.click()
    expect(page.locator("#slot-1")).to_be_in_viewport()
    expect(page.locator("#slot-1")).to_contain_text("Prague")


def test_a_package_can_be_recalled_without_script(plain: Page, site: Site) -> None:
    plain.goto(site.url("/console/partners"))
    row = plain.locator("tr", has_text="issued, not fetched")
    row.get_by_text("Recall", exact=True).click()
    row.get_by_label("Reason").fill("The offer was mistaken for another.")
    row.get_by_role("button", name="Recall the package").click()
    [(path, fields)] = site.posted
    assert path == "/console/recall"
    assert fields["referral"] == "00000001-referral"


def test_pages_load_nothing_from_elsewhere_and_run_nothing_inline(page: Page, site: Site) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in ADDRESSES:
        page.goto(site.url(address))
        assert page.locator("script:not([src]), [style], [onclick]").count() == 0, address
    assert [url for url in asked if not url.startswith(site.base)] == []
