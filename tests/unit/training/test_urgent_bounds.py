"""From how high a bound a post reads urgent: the further, the fewer of both halves of the pairs get there."""

from __future__ import annotations

from screening.assessment.screener import Screener
from screening.posts.post import Post
from screening.training.evaluation.pairs import Example, Outcome
from screening.training.evaluation.pool import open_workers
from screening.training.evaluation.records import score
from screening.training.evaluation.urgent_bounds import BOUNDS, urgent_bounds

LURE = (
    "Girls 18-25 wanted for a club abroad, no experience, we pay ticket and visa and you work the debt off. The boss keeps your "
    "passport until it is paid, you live above the club and don't go out alone. Bus leaves Friday, tell nobody, write on Telegram only."
)
HONEST = "Waitress wanted in Leeds, £12.60 an hour, contract from the first day. Call Anna at the Crown Hotel between 9 and 5."


def example(name: str, text: str, *, risky: bool) -> Example:
    post = Post.from_generic({"id": name, "description": text, "kind": "job", "language": "en"}, platform="pairs")
    return Example(
        id=name, pair="en1", lang="en", risky=risky, post_type="job", sector="tourism", style="chat",
        bound="urgent" if risky else "clear", expected=frozenset(), denied=frozenset(), traits=frozenset(), post=post,
    )  # fmt: skip


def test_the_further_the_bound_the_fewer_are_urgent() -> None:
    screener = Screener.load()
    examples = [example("a", LURE, risky=True), example("b", HONEST, risky=False)]
    records = score([one.post for one in examples], screener)
    outcomes = [Outcome(one, record) for one, record in zip(examples, records, strict=True)]
    done: list[int] = []
    shipped = screener.rules.reader.urgent_bound
    with open_workers(screener, 0) as workers:
        rows = urgent_bounds(outcomes, shipped, workers, done.append)
        never = urgent_bounds(outcomes, 99.0, workers, done.append)[-1]
    assert [row["bound"] for row in rows] == sorted({*BOUNDS, shipped})
    shares = [row["urgent_at_urgent"]["share"] for row in rows]
    assert shares == sorted(shares, reverse=True)
    (as_it_is,) = [row for row in rows if row["shipped"]]
    assert as_it_is["urgent_at_urgent"]["part"] == (records[0].tier == "urgent") == 1
    assert as_it_is["twins_urgent"] == rows[0]["twins_urgent"] == {**never["twins_urgent"], "part": 0, "whole": 1}
    assert never["urgent_at_urgent"]["part"] == 0
    assert sum(done) == len(rows) * 2
