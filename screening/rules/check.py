"""Checking packs: every fault at its place, and every example run. `python -m screening.rules.check [FILES]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from screening.counted import counted
from screening.errors import RulePackError
from screening.posts.post import Post
from screening.rules.compiled import CompiledRules
from screening.rules.evaluation import Evaluation, evaluate
from screening.rules.faults import Fault
from screening.rules.library import RULES_FOLDER, pack_paths
from screening.rules.pack import KINDS, Example, Pack
from screening.rules.pack_folder import mark_faults, read_folder, read_packs, shown
from screening.text.document import Document, LanguageGuess
from screening.text.reading import read_field


@dataclass(frozen=True, slots=True)
class CheckReport:
    """`examples` ran; `faults` are those of the packs and one for each example that came out otherwise than it says."""

    packs: int
    examples: int
    phrases: int
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        return not self.faults

    def render(self) -> str:
        shown = [fault.render() for fault in self.faults]
        verdict = "no faults" if self.ok else counted(len(self.faults), "fault")
        shown.append(f"{counted(self.packs, 'pack')}, {self.phrases} phrases, {self.examples} examples: {verdict}")
        return "\n\n".join(shown)


def check_packs(paths: Sequence[Path] = (), folder: Path = RULES_FOLDER) -> CheckReport:
    """Check the given pack files, by default all of the folder, against the folder's negators, contexts and sources.

    The examples of a faulty pack don't run. Marks set by other packs of the folder are known to conditions and take
    part in examples as far as those packs are sound. Phrases and conditions alone are asked:
    the classifier is measured elsewhere (docs/evaluation.md).
    """
    wanted = sorted({path.resolve() for path in paths})
    inside = {path.resolve() for path in pack_paths(folder)}
    everything = read_folder(folder, sorted({*inside, *wanted}))
    chosen, faults = everything.packs, list(everything.faults)
    if wanted:  # read by themselves: an edited copy of a pack bears the id of that pack
        of_packs = {name for path in {*inside, *wanted} for name in (shown(path, folder), str(path))}
        faults = [fault for fault in faults if fault.file not in of_packs]
        chosen = read_packs(wanted, folder, everything.sources, faults)
    faults.extend(mark_faults(chosen, everything.packs))
    faulty = {fault.file for fault in (*everything.faults, *faults) if fault.blocking}
    try:
        rules = everything.compile()
    except RulePackError as error:
        faults.append(Fault("packs", 1, 1, str(error)))
        return CheckReport(len(chosen), 0, 0, tuple(faults))
    ran = 0
    for pack in chosen:
        if pack.path in faulty:
            continue
        for example in pack.examples:
            ran += 1
            complaint = _complaint(pack, example, rules)
            if complaint:
                before = len(example.node.source.faults)
                example.node.fault(*complaint)
                faults.extend(example.node.source.faults[before:])
    phrases = sum(len(phrases) for pack in chosen for rule in pack.rules for phrases in rule.by_role.values())
    return CheckReport(len(chosen), ran, phrases, tuple(faults))


def run_example(pack: Pack, example: Example, rules: CompiledRules) -> Evaluation:
    """What the rules find in an example, read in the language it names."""
    kind = example.kind or (pack.kinds[0] if pack.kinds else KINDS[0])
    post = Post(platform="example", id=pack.id, kind=kind, title=example.title, description=example.text)  # type: ignore[arg-type]
    fields = tuple(
        read_field(name, post.field_text(name)) for name in ("title", "description") if post.field_text(name)
    )
    document = Document(post, fields, LanguageGuess(example.language, (example.language,), True, 1.0))
    return evaluate(document, rules, example.marks | {f"kind.{kind}"})


def _complaint(pack: Pack, example: Example, rules: CompiledRules) -> tuple[str, str] | None:
    """What is wrong with the example, and a hint."""
    evaluation = run_example(pack, example, rules)
    states = _states(pack, evaluation)
    if example.rule is not None:
        wanted_rule = f"{pack.id}.{example.rule}"
        if example.positive and wanted_rule not in evaluation.marks and f"absent.{pack.id}" not in evaluation.marks:
            return f"the example isn't found by the rule '{example.rule}'", _shown(pack, example, evaluation)
    if example.positive:
        wanted = example.state or "stated"
        if wanted in states or (wanted == "stated" and "absent_checked" in states):
            return None
        return f"the positive example is not found as {wanted}: {example.text!r}", _shown(pack, example, evaluation)
    if any(f.rule.indicator == pack.id and f.state != "denied" for f in evaluation.findings):
        return f"the near miss is found as stated: {example.text!r}", _shown(pack, example, evaluation)
    if example.state == "denied" and "denied" not in states:
        return f"the near miss is not found as denied: {example.text!r}", _shown(pack, example, evaluation)
    if example.state == "none" and states:
        return f"the near miss is found as denied: {example.text!r}", _shown(pack, example, evaluation)
    return None


def _states(pack: Pack, evaluation: Evaluation) -> set[str]:
    return {finding.state for finding in evaluation.findings if finding.rule.indicator == pack.id}


def _shown(pack: Pack, example: Example, evaluation: Evaluation) -> str:
    texts = [text for text in (example.title, example.text) if text]
    found = []
    for finding in evaluation.findings:
        if finding.rule.indicator == pack.id:
            place = finding.place
            quote = f": {texts[place.field][place.start : place.end]!r}" if place else ""
            found.append(f"{finding.state} by {finding.rule.id}{quote}")
    if found:
        return "; ".join(found)
    set_marks = sorted(evaluation.marks - example.marks)
    return f"nothing of this pack was found; marks set: {', '.join(set_marks) or 'none'}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 where all is well, 1 with faults, 2 for unreadable files."""
    parser = argparse.ArgumentParser(prog="python -m screening.rules.check", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="pack files; default: all packs of the project")
    parsed = parser.parse_args(arguments)
    missing = [path for path in parsed.files if not path.is_file()]
    if missing:
        sys.stderr.write(f"{missing[0]}: no such file\n")
        return 2
    report = check_packs(parsed.files)
    sys.stdout.write(report.render() + "\n")
    return 0 if report.ok else 1


if __name__ == "__main__":
    sys.exit(main())
