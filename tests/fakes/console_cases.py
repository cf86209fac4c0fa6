"""Cases, a post and its assessment as the console's pages show them; every figure and word is made up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from screening.assessment.record import ArchivePointer, ConcernSummary
from screening.cases.case import Case, case_id
from screening.cases.case_parts import AppealOf, CaseMember, HistoryLine, Outcome
from screening.posts.post import Post, Poster, Salary

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEXT = (
    "Потрібні дівчата 18-25 років, хостес у клубі. Фото на повний зріст надсилайте одразу.\n"
    "Плата за оформлення 200 євро до виїзду, паспорт зберігається в офісі. Жодних прихованих платежів.\n"
    "Зарплата 3000 євро на місяць, житло надаємо. <script>document.title='owned'</script> Пишіть у Telegram."
)
POST = Post(
    platform="jobs-pl", id="a-4711", title="Хостес, Варшава, виїзд завтра", description=TEXT, company="Nova Praca",
    country="PL", city="Warszawa", salary=Salary(text="3000 EUR / місяць"), url="https://jobs-pl.example/a-4711",
    posted_at=NOW - timedelta(hours=5), poster=Poster(id="p", created_at=NOW - timedelta(days=9), prior_removals=1),
)  # fmt: skip


def evidence(
    indicator: str, words: str, *, strength: str = "strong", state: str = "stated", dimension: str, field: str = "description",
    sources: tuple[str, ...] = ("ILO11",), post: Post = POST,
) -> dict[str, Any]:  # fmt: skip
    start = post.field_text(field).index(words) if words else 0
    return {
        "indicator": indicator, "state": state, "strength": strength, "dimension": dimension,
        "field": field if words else "", "start": start, "end": start + len(words), "quote": words,
        "rule": f"{indicator}.stated", "sources": list(sources),
    }  # fmt: skip


ASSESSMENT: dict[str, Any] = {
    "post": {
        "platform": "jobs-pl", "id": "a-4711", "work_country": "PL", "origin_countries": ["UA"], "languages": ["uk"],
        "sector": {"isco08": "513", "name": "Waiters and bartenders", "high_risk": None, "confidence": 0.8},
    },
    "evidence": [
        evidence("doc_retention", "паспорт зберігається в офісі", dimension="coercive_recruitment", sources=("ILO11", "UA")),
        evidence("worker_fee", "Плата за оформлення 200 євро до виїзду", dimension="coercive_recruitment", sources=("C181",)),
        evidence("worker_fee", "Жодних прихованих платежів", state="denied", dimension="coercive_recruitment"),
        evidence("sexualised_role", "хостес у клубі", strength="medium", dimension="sexualised_recruitment"),
        evidence("body_photos", "Фото на повний зріст", strength="medium", dimension="sexualised_recruitment"),
        evidence("gender_age_targeted", "дівчата 18-25 років", strength="weak", dimension="abuse_of_vulnerability"),
        evidence("pressure", "виїзд завтра", strength="medium", dimension="deceptive_recruitment", field="title"),
        evidence("no_employer", "", strength="weak", state="absent_checked", dimension="employer_identity"),
    ],
    "protective": [evidence("pay_plausible", "3000 євро на місяць", strength="weak", dimension="protective")],
    "pay": {
        "stated": [{"min": 3000.0, "max": 3000.0, "currency": "EUR", "period": "month", "basis": None}], "hours": None,
        "monthly_eur": {"min": 3000.0, "max": 3000.0}, "hourly_eur": None, "verdict": "high",
        "reference": {
            "country": "PL", "isco08": "513", "minimum": 1091.0, "typical": 1300.0, "high": 2400.0, "source": "Eurostat",
            "date": "2026-01-01",
        },
    },
    "contacts": [
        {"kind": "phone", "country": "PL", "fingerprint": "k1:aa"}, {"kind": "telegram", "country": None, "fingerprint": "k1:bb"},
        {"kind": "phone", "country": "PL", "fingerprint": "k1:cc"},
    ],
    "links": {
        "campaign": "c" * 16, "size": 4,
        "evidence": [{
            "indicator": "contact_many_names", "strength": "strong", "counts": {"names": 3, "posts": 4}, "counter": "",
            "sources": ["Zhou et al., The Traffickers' Pitch, arXiv 2605.25416 (2026)"],
        }],
    },
}  # fmt: skip


def member(number: int, **fields: Any) -> CaseMember:
    values: dict[str, Any] = {
        "platform": f"board-{number % 3}", "post_id": f"m-{number}", "seq": number, "version": "v", "kind": "job",
        "tier": "review", "archive": ArchivePointer(key="k", start=0, length=9), "withdrawn": number % 4 == 0,
        "joined_at": NOW - timedelta(days=number % 40, hours=number % 7),
    }  # fmt: skip
    return CaseMember(**{**values, **fields})


def case(number: int = 1, **fields: Any) -> Case:
    values: dict[str, Any] = {
        "case": case_id("jobs-pl", f"a-{number}", 1), "generation": 1, "team": "team-a", "platform": "jobs-pl",
        "post_id": f"a-{number}", "seq": 1, "version": "v1", "kind": "job", "tier": "urgent", "highest_tier": "urgent",
        "rank": 0.9,
        "concerns": (
            ConcernSummary(type="trafficking_pattern", tier="urgent"),
            ConcernSummary(type="sexual_exploitation", tier="review"),
        ),
        "dimensions": {"coercive_recruitment": "strong", "sexualised_recruitment": "positive", "network": "weak"},
        "indicators": ("doc_retention", "worker_fee"), "queue": "review", "state": "open",
        "opened_at": NOW - timedelta(hours=2), "due_at": NOW + timedelta(hours=3, minutes=20), "facts_at": NOW,
        "act_by": date(2026, 3, 3), "language": "uk", "work_country": "PL", "corridor": "UA>PL",
        "archive": ArchivePointer(key="k", start=0, length=9),
        "members": (member(1), member(2), member(4)), "member_count": 3, "campaign": "c" * 16,
        "history": (
            HistoryLine(at=NOW - timedelta(hours=2), what="opened", detail="urgent"),
            HistoryLine(at=NOW - timedelta(hours=1), what="joined", detail="review"),
            HistoryLine(at=NOW - timedelta(minutes=20), what="voted:refer", detail="police-b"),
        ),
    }  # fmt: skip
    return Case(**{**values, **fields})


def appeal_case() -> Case:
    return case(
        9, queue="appeals", outcomes=(Outcome(source="partner:police-b", opinion="lead", at=NOW),),
        appeal=AppealOf(case=case(1).case, action="remove", decided_at=NOW - timedelta(days=3), actors=("anna",), report="r"),
    )  # fmt: skip
