"""Concepts and frames: the same frame finds an indicator in every language that has words for its concepts."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from screening.posts.post import Post
from screening.rules.compiled import CompiledRules
from screening.rules.evaluation import Evaluation, evaluate
from screening.rules.frames import DEFAULT_WITHIN, FrameError, parse_frame
from screening.rules.pack_folder import read_folder
from screening.text.document import Document, LanguageGuess
from screening.text.reading import read_field
from tests.unit.rules.packs import write_rules

IDS = {
    name: number
    for number, name in enumerate(["back", "copy", "forbidden", "keep", "leave", "out", "paper", "us", "yours"])
}
CONCEPTS = {
    "things": dict.fromkeys(("copy", "forbidden", "paper", "us", "yours"), "what belongs in"),
    "doings": dict.fromkeys(("back", "leave", "out"), "…"),
    "doings_of_others": {"keep": "…"},
}
LEXICONS = {
    "en": {
        "paper": ["passport", "id card"], "keep": ["=keep", "=keeps", "~hold on"], "us": ["=we", "boss"], "copy": ["copy"],
        "yours": ["with you"], "leave": ["leave*"], "out": ["going out"], "forbidden": ["not allowed"], "back": ["returned"],
    },
    "cs": {"paper": ["=pas"], "keep": ["=zadržujeme"], "us": ["šéf"], "leave": ["=odejít"]},
}  # fmt: skip
PACK = {
    "id": "doc_retention", "code": "D1", "title": "Papers kept", "dimension": "coercive_recruitment", "strength": "strong",
    "sources": ["C181"], "reasons": {"en": "A reason.", "uk": "Причина."},
    "rules": [
        {
            "id": "kept", "without": "copy", "frames": [
                "paper + keep + us; within 8", "leave + not; kinds job", "out + forbidden", "paper + back", "paper + back + not",
            ],
            "denied_frames": ["paper + yours"],
        }
    ],
    "examples": {
        "positive": [{"lang": "en", "text": "We keep your passport."}, {"lang": "en", "text": "The boss keeps every ID card."}],
        "near_miss": [
            {"lang": "en", "text": "We keep a copy of your passport."},
            {"lang": "en", "text": "Your passport stays with you.", "state": "denied"},
        ],
    },
}  # fmt: skip


def rules_in(folder: Path, pack: dict[str, object] = PACK) -> CompiledRules:
    write_rules(folder, pack)
    lexicon = folder / "lexicon"
    lexicon.mkdir()
    (lexicon / "concepts.yaml").write_text(yaml.safe_dump(CONCEPTS), "utf-8")
    for language, entries in LEXICONS.items():
        (lexicon / f"{language}.yaml").write_text(yaml.safe_dump(entries, allow_unicode=True), "utf-8")
    library = read_folder(folder)
    assert not library.faults, [fault.render() for fault in library.faults]
    return library.compile()


def read(rules: CompiledRules, text: str, language: str = "en", kind: str = "job") -> Evaluation:
    post = Post(platform="p", id="1", kind=kind, description=text)  # type: ignore[arg-type]
    return evaluate(
        Document(post, (read_field("description", text),), LanguageGuess(language, (language,), True, 1.0)),
        rules,
        frozenset({f"kind.{kind}"}),
    )


def found(evaluation: Evaluation, text: str) -> list[tuple[str, str]]:
    return [(f.state, text[f.place.start : f.place.end]) for f in evaluation.findings if f.place]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Nice team. We keep your passport until October.", [("stated", "We keep your passport")]),
        ("en", "Passport: the boss holds on to it.", []),
        ("en", "The passport is what our boss keeps.", [("stated", "passport is what our boss keeps")]),
        ("en", "We never keep a passport.", [("denied", "We never keep a passport")]),
        ("en", "We keep a copy of the passport.", []),
        ("en", "Your passport stays with you.", [("denied", "passport stays with you")]),
        ("en", "You can not leave.", [("stated", "can not leave")]),
        ("en", "You can leave.", []),
        ("en", "Going out is not allowed.", [("stated", "Going out is not allowed")]),
        ("en", "We never say that going out is not allowed.", [("denied", "going out is not allowed")]),
        ("en", "The passport is returned.", [("stated", "passport is returned")]),
        ("en", "The passport is not returned.", [("stated", "passport is not returned")]),
        ("en", "We keep the kitchen clean. Bring a passport.", []),
        ("cs", "Šéf: pas zadržujeme.", [("stated", "Šéf: pas zadržujeme")]),
        ("cs", "Šéf: pas nezadržujeme.", [("denied", "Šéf: pas nezadržujeme")]),
    ],
)
def test_concepts_said_together_are_found_where_they_stand(
    tmp_path: Path, language: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(read(rules_in(tmp_path), text, language), text) == expected


def test_a_frame_holds_for_the_kinds_it_names(tmp_path: Path) -> None:
    rules = rules_in(tmp_path)
    assert "doc_retention" in read(rules, "You can not leave.").marks
    assert "doc_retention" not in read(rules, "You can not leave.", kind="transport").marks


def test_what_a_pack_excludes_its_frames_do_not_state_and_may_deny(tmp_path: Path) -> None:
    rules = rules_in(tmp_path, {**PACK, "rules": [*PACK["rules"], {"id": "museum", "exclude": {"en": ["museum*"]}}]})  # type: ignore[misc]
    for text, expected in (
        ("We keep your museum passport.", []),
        ("We never keep your museum passport.", [("denied", "We never keep your museum passport")]),
        ("We keep your passport, the museum is free.", [("stated", "We keep your passport")]),
    ):
        assert found(read(rules, text), text) == expected


def test_frames_survive_writing(tmp_path: Path) -> None:
    rules = rules_in(tmp_path)
    again = CompiledRules.from_bytes(rules.to_bytes())
    text = "We keep your passport."
    assert found(read(again, text), text) == found(read(rules, text), text) != []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("paper", "at least two things"),
        ("paper + teapot", "'teapot' is no concept"),
        ("not + paper", "'not' stands after"),
        ("paper + keep; within 99", "isn't understood"),
        ("paper + keep; kinds boat", "isn't understood"),
        ("paper + <beauty>", "unknown class"),
        ("<money> + <number>", "one of them a concept"),
    ],
)
def test_a_faulty_frame_is_named(text: str, reason: str) -> None:
    with pytest.raises(FrameError, match=reason):
        parse_frame(text, IDS)


def test_a_frame_is_parsed_with_what_its_rule_excludes() -> None:
    frame = parse_frame("paper + keep|leave + not; without yours; within 5; ordered; kinds job", IDS, "copy")
    assert frame.groups == (frozenset({IDS["paper"]}), frozenset({IDS["keep"], IDS["leave"]}))
    assert frame.negated == 1
    assert frame.without == {IDS["yours"], IDS["copy"]}
    assert (frame.within, frame.ordered, frame.kinds) == (5, True, ("job",))
    assert parse_frame("paper + keep", IDS).within == DEFAULT_WITHIN


@given(
    st.lists(
        st.sampled_from(
            ["passport", "keep", "we", "boss", "copy", "with you", "leave", "not", "x", ",", ".", "(", ")"]
        ),
        max_size=40,
    )
)
def test_any_order_of_words_is_read_and_every_quote_is_in_the_text(words: list[str]) -> None:
    import tempfile

    global _RULES
    if _RULES is None:
        with tempfile.TemporaryDirectory() as folder:
            _RULES = rules_in(Path(folder))
    text = " ".join(words)
    for state, quote in found(read(_RULES, text), text):
        assert state in ("stated", "denied")
        assert quote
        assert quote == quote.strip()


_RULES: CompiledRules | None = None


def test_a_lexicon_names_its_faults(tmp_path: Path) -> None:
    write_rules(tmp_path, {**PACK, "rules": [{"id": "kept", "frames": ["paper + keap"]}]})
    lexicon = tmp_path / "lexicon"
    lexicon.mkdir()
    (lexicon / "concepts.yaml").write_text(yaml.safe_dump(CONCEPTS), "utf-8")
    (lexicon / "en.yaml").write_text("papper: [passport]\nkeep: ['a*', '~hold (on']\n", "utf-8")
    rendered = "\n".join(fault.render() for fault in read_folder(tmp_path).faults)
    assert "'papper' is no concept" in rendered
    assert "did you mean 'paper'?" in rendered
    assert "the stem 'a*' is too short" in rendered
    assert "is never closed" in rendered
    assert "'keap' is no concept" in rendered


def test_forms_cover_a_words_inflection_and_no_other_word() -> None:
    from screening.rules.lemmas import forms_of

    def covers(forms: list[str], word: str) -> bool:
        return any(word.startswith(form[:-1]) if form.endswith("*") else word == form for form in forms)

    debt = forms_of("uk", "борг")
    assert all(covers(debt, word) for word in ("борг", "боргу", "борги", "боргів".replace("ї", "і")))
    assert not covers(debt, "боротьба")
    assert forms_of("en", "hostel") == ["hostel", "hostels"] or not covers(forms_of("en", "hostel"), "hostess")
    assert forms_of("en", "qwrtzx") == ["qwrtzx"]
    assert not covers(forms_of("cs", "platit"), "neplati")
