from pathlib import Path

import pytest

from screening.errors import RulePackError
from screening.rules import library
from screening.rules.check import check_packs, main
from screening.rules.compiled import CompiledRules
from screening.rules.conditions import holds
from screening.rules.library import COMPILED_NAME, RULES_FOLDER, compile_folder, load_rules, write_compiled
from screening.text.document import LanguageGuess
from tests.unit.rules.packs import FEE, compile_packs, write_rules

PACK = """\
id: worker_fee
code: M1
title: A fee
dimension: coercive_recruitment
strength: strong
sources: [C181]
reasons: {en: A reason., uk: Причина.}
rules:
  - id: fee
    phrases:
      en: ["registration fee*"]
examples:
  positive:
    - {lang: en, text: "A registration fee is due."}
    - {lang: en, text: "Registration fees are 20 euro."}
  near_miss:
    - {lang: en, text: "We never ask for a registration fee.", state: denied}
    - {lang: en, text: "Registration is free."}
"""


def write(folder: Path, text: str, name: str = "worker_fee") -> Path:
    write_rules(folder)
    path = folder / "packs" / "coercive_recruitment" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_sound_pack_passes_and_all_its_examples_run(tmp_path: Path) -> None:
    write(tmp_path, PACK)
    report = check_packs(folder=tmp_path)
    assert (report.ok, report.packs, report.examples, report.phrases) == (True, 1, 4, 1)


@pytest.mark.parametrize(
    ("old", "new", "message", "hint", "line"),
    [
        ("    phrases:", "    phrase:", "unknown key 'phrase'", "did you mean 'phrases'?", 10),
        ("strength: strong", "strength: strng", "'strng' is not known", "did you mean 'strong'?", 5),
        ("[C181]", "[C182]", "not in sources.yaml", "did you mean 'C181'?", 6),
        ("      en: [", "      eng: [", "unknown key 'eng'", "did you mean 'en'?", 11),
        ('"registration fee*"', '"registration (fee*"', "never closed", "", 11),
        ("id: worker_fee", "id: fee", "differs from the file's name", "", 1),
        (", uk: Причина.", "", "reasons lack 'uk'", "", 7),
        ("  near_miss:\n", "  near_misses:\n", "unknown key 'near_misses'", "did you mean 'near_miss'?", 16),
        ("Registration is free.", "Pay the registration fee.", "near miss is found as stated", "stated by worker_fee.fee", 18),
        ("A registration fee is due.", "A fee is due.", "not found as stated", "nothing of this pack", 14),
        ("    phrases:\n      en: [\"registration fee*\"]", "    when: {all: [pay.hihg]}", "sets the mark 'pay.hihg'", "did you mean 'pay.high'?", 10),
        ("rules:", "rules: [", "not readable as YAML", "", 9),
    ],
)  # fmt: skip
def test_faults_name_place_and_remedy(tmp_path: Path, old: str, new: str, message: str, hint: str, line: int) -> None:
    write(tmp_path, PACK.replace(old, new))
    faults = [fault for fault in check_packs(folder=tmp_path).faults if message in fault.message]
    assert faults, check_packs(folder=tmp_path).render()
    assert hint in faults[0].hint
    assert abs(faults[0].line - line) <= (1 if "YAML" in message else 0)
    assert f"{faults[0].file}:{faults[0].line}:{faults[0].column}" in faults[0].render()


def test_the_command_ends_with_the_number_of_its_verdict(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bad = tmp_path / "broken.yaml"
    bad.write_text("id: [", "utf-8")
    assert main([str(bad)]) == 1
    assert "broken.yaml" in capsys.readouterr().out
    assert main([str(tmp_path / "absent.yaml")]) == 2


def test_faulty_packs_do_not_compile(tmp_path: Path) -> None:
    write(tmp_path, PACK.replace("phrases:", "phrase:"))
    with pytest.raises(RulePackError, match="unknown key 'phrase'"):
        compile_folder(tmp_path)


def test_conditions_in_a_circle_are_refused(tmp_path: Path) -> None:
    packs = [
        {"id": one, "rules": [{"id": "rule", "when": {"all": [other]}}]}
        for one, other in (("first", "second"), ("second", "first"))
    ]
    with pytest.raises(RulePackError, match="circle"):
        compile_packs(tmp_path, *packs)


def test_conditions() -> None:
    marks = {"a", "b"}
    a, b, c = ("mark", "a"), ("mark", "b"), ("mark", "c")
    assert holds(("all", (a, ("any", (b, c)))), marks)
    assert not holds(("all", (a, c)), marks)
    assert holds(("none", (c,)), marks)
    assert holds(("at_least", 2, (a, b, c)), marks)
    assert not holds(("at_least", 3, (a, b, c)), marks)


def test_compiled_rules_survive_writing_and_tell_their_version(tmp_path: Path) -> None:
    rules = compile_packs(tmp_path, FEE)
    target = tmp_path / "out" / "rules.bin"
    assert write_compiled(target, tmp_path) == rules.version
    again = CompiledRules.from_bytes(target.read_bytes())
    assert again == rules
    with pytest.raises(RulePackError, match="run the build again"):
        CompiledRules.from_bytes(b"something else")
    changed = {**FEE, "rules": [{**FEE["rules"][0], "phrases": {"en": ["fee*"]}}]}  # type: ignore[dict-item]
    assert compile_packs(tmp_path, changed).version != rules.version


@pytest.mark.parametrize("left", [0, 1, 40, 0.5, -1], ids=["none", "one byte", "its mark", "half", "all but a byte"])
def test_a_build_that_is_cut_off_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: float) -> None:
    target = tmp_path / COMPILED_NAME
    compile_packs(tmp_path, FEE)
    write_compiled(target, tmp_path)
    content = target.read_bytes()
    target.write_bytes(content[: int(left * len(content)) if left == 0.5 else int(left)])
    monkeypatch.setattr(library, "RULES_FOLDER", tmp_path)
    with pytest.raises(RulePackError, match=rf"{COMPILED_NAME}: .* run the build again"):
        library.load_rules.__wrapped__()


def test_languages_are_matched_with_their_relations(tmp_path: Path) -> None:
    rules = compile_packs(tmp_path, FEE)

    def bits(*languages: str) -> int:
        return rules.languages_for(LanguageGuess(languages[0] if languages else None, languages, True, 1.0))

    assert bits("uk") == bits("ru") == bits("bg", "uk")
    assert bits("cs") == bits("sk") != bits("pl")
    assert bits("en", "cs") == bits("en") | bits("cs")
    assert bits("nl") == 0
    assert bits() == bits("en", "uk", "cs", "pl", "ro", "de", "hu", "es", "lt", "it", "fr", "tr")


def test_the_projects_own_packs_are_sound() -> None:
    report = check_packs()
    assert report.ok, report.render()
    assert load_rules().version
    assert (RULES_FOLDER / "negators.yaml").exists()
