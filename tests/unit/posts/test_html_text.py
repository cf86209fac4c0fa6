from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.posts.html_text import html_to_text, looks_like_html, read_description
from tests.growth import Work, assert_grows_in_proportion


@pytest.mark.parametrize(
    "plain",
    [
        "age <30 and >18",
        "I <3 this",
        "2 < 3",
        "write to <me@example.com>",
        "a <b c",
        "AT&T; R&D",
        "https://x.example/?a=1&copy=2&para=3",
        "x <- y",
        "one\ntwo\n\nthree",
    ],
)
def test_plain_text_stays_as_it_is(plain: str) -> None:
    assert read_description(plain).text == plain
    assert not looks_like_html(plain)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("<ul><li>a</li>\n<li>b</li></ul>", "• a\n• b"),
        ("<table><tr><td>Pay</td><td>12 €</td></tr></table>", "Pay\t12 €"),
        ("<p>a&nbsp;b &amp; c &euro;</p>", "a b & c €"),
        ("<p>Hi</p><script>alert(1)</script><style>p{}</style><template>t</template><iframe>f</iframe>", "Hi"),
        ("&lt;p&gt;Build &amp;amp; ship&lt;/p&gt;", "Build & ship"),
        ("Fish &amp; chips", "Fish & chips"),
        ("Fish &amp;amp; chips", "Fish & chips"),
        ("line one\nline <b>two</b>\nthree", "line one\nline two\nthree"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("<p>mail <me@example.com> now</p>", "mail <me@example.com> now"),
        ("<p>pay < 10 and > 5</p>", "pay < 10 and > 5"),
        ("<div><div><p>deep</p></div></div>tail", "deep\ntail"),
        ("<b>unclosed", "unclosed"),
        ("</p></div>stray<p>", "stray"),
    ],
)
def test_html_becomes_lines_of_text(source: str, text: str) -> None:
    assert read_description(source).text == text


@pytest.mark.parametrize(
    "hiding",
    [
        'style="display:none"', "style='DISPLAY : none !important'", 'style="visibility:hidden"', 'style="font-size:0"', 'style="font-size:0px"',
        'style="opacity:0"', "hidden", 'aria-hidden="true"', 'style="color:#fff"', 'style="color:white;background:#ffffff"',
        'style="color:rgb(255, 255, 255)"', 'style="color:black;background-color:#000"', 'style="position:absolute;left:-9999px"', 'style="color:transparent"',
    ],
)  # fmt: skip
def test_what_the_eye_cannot_see_is_kept_apart(hiding: str) -> None:
    found = read_description(f"<p>Seen<span {hiding}>secret <b>word</b></span></p>")
    assert found.text == "Seen"
    assert "secret" in found.hidden_text
    assert "word" in found.hidden_text


@pytest.mark.parametrize(
    "showing",
    [
        'style="color:#fff;background:#000"', 'style="font-size:12px"', 'style="opacity:0.9"', 'style="display:block"', 'aria-hidden="false"',
        'style="color:white;background:url(x.png)"', 'style="max-width:100%"',
    ],
)  # fmt: skip
def test_what_the_eye_can_see_stays(showing: str) -> None:
    found = read_description(f"<p>Seen <span {showing}>word</span></p>")
    assert found.text == "Seen word"
    assert not found.hidden_text


def test_a_child_may_show_again_only_where_css_lets_it() -> None:
    assert read_description('<p style="visibility:hidden">no<b style="visibility:visible">yes</b></p>').text == "yes"
    assert read_description('<p style="display:none">no<b style="display:inline">no</b></p>').text == ""
    assert read_description('<div style="background:#000"><p style="color:#fff">yes</p></div>').text == "yes"


def test_a_whole_offer_under_aria_hidden_is_what_everyone_sees() -> None:
    offer = "Packers wanted near Poznan, six days a week. " * 8
    assert "Packers" in read_description(f'<div aria-hidden="true"><p>{offer}</p></div>').text


def test_links_and_images_are_told_apart() -> None:
    found = read_description(
        '<p><a href="https://wa.me/48600000001">chat</a> <a href="mailto:a@b.example?subject=x">mail</a> <a href="javascript:x()">no</a>'
        '<a href="https://x.example">https://x.example</a><img src="https://x.example/1.png"><img src="data:image/png;base64,AAAA"></p>'
    )
    assert found.links == ("https://wa.me/48600000001", "a@b.example")
    assert found.images[0] == "https://x.example/1.png"
    assert found.images[1].startswith("sha256:")
    assert (
        read_description('<p>x</p><div hidden><a href="https://t.me/h">q</a></div>').hidden_text == "https://t.me/h q"
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 200_000 + "deep", "<b>" * 100_000 + "x", "<p>" + "".join(f"<b a={n}>" for n in range(190)) + "</p>" + "<p>x</p>" * 100_000, "<b></div>" * 100_000, "<b></x>" * 100_000, "<" * 500_000, "<!--" * 100_000,
        "&lt;" * 100_000,
        "&lt;a " * 200_000, "<p " + "a=" * 200_000, "<a href='" * 50_000, "&" * 500_000, "<p style='" + "color:red;" * 50_000 + "'>x", "<table>" * 100_000,
        "<script>" * 50_000, "&#" * 200_000, "<p>" + "x" * 10_000_000, "</div>" * 200_000, "<svg><math>" * 40_000,
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_hostile_html_is_read_in_proportion(hostile: str) -> None:
    def work_on(length: int) -> Work:
        text = hostile[:length]
        return lambda: read_description(text)

    assert_grows_in_proportion(work_on, min(len(hostile), 40_000))
    found = read_description(hostile)
    assert len(found.text) <= 1_000_100


def test_html_too_deep_to_parse_still_gives_its_text() -> None:
    found = read_description("<div>" * 5_000 + "<p>Offer</p><script>no()</script>More &amp; more")
    assert found.text == "Offer\nMore & more"


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="<&\xa0"), max_size=300))
def test_text_without_markup_is_only_stripped(text: str) -> None:
    assert read_description(text).text == text.strip()


pieces = st.sampled_from(
    [
        *"ab 1<>/&;#!-=\"'\n",
        "<p>",
        "</p>",
        "<div",
        "&lt;",
        "&amp;",
        "<br>",
        "<li>",
        "<b style='display:none'>",
        "</b>",
        "<pre>",
    ]
)


@given(st.lists(pieces, max_size=60).map("".join))
def test_any_text_is_read(text: str) -> None:
    found = read_description(text)
    assert "\r" not in found.text
    html_to_text(text)


@given(st.text(max_size=200))
def test_reading_plain_text_twice_changes_nothing(text: str) -> None:
    once = read_description(text).text
    if "<" not in once and "&" not in once:
        assert read_description(once).text == once
