"""The words of messages to a team, in the languages of the console. They hold counts, names of ours and times alone."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title.alert": "Offer Screening, team {team}: {count} to look at",
        "title.digest": "Offer Screening, team {team}: the day",
        "title.test": "Offer Screening, team {team}: a test message",
        "test": "This channel works. Nothing has happened.",
        "cause.urgent": "Urgent cases", "cause.overdue": "Cases past their due time",
        "cause.unfetched": "Packages that a partner has not fetched in time",
        "case": "Case {short}: {tier}, queue {queue}, due {due}", "more": "and {count} more",
        "open": "Open the queue (sign-in needed)",
        "tier.urgent": "urgent", "tier.review": "review", "tier.inconclusive": "could not be judged",
        "queue.review": "review", "queue.reports": "reports", "queue.appeals": "appeals",
        "queue.inconclusive": "could not be judged",
        "digest.waiting": "Waiting", "digest.overdue": "Past due", "digest.decided": "Decided in the last day",
        "digest.oldest": "The oldest has waited since", "digest.audit": "Of the audit sample still to be judged",
        "digest.rules": "Rules overturned often", "digest.more": "more than was counted",
        "none": "none", "unknown": "unknown", "list.waiting": "What waits", "list.decided": "What was decided",
        "list.metrics": "Metrics",
    },
    "uk": {
        "title.alert": "Offer Screening, команда {team}: переглянути – {count}",
        "title.digest": "Offer Screening, команда {team}: підсумок дня",
        "title.test": "Offer Screening, команда {team}: пробне повідомлення",
        "test": "Канал працює. Нічого не сталося.",
        "cause.urgent": "Термінові справи", "cause.overdue": "Справи, строк яких минув",
        "cause.unfetched": "Пакети, які партнер не забрав вчасно",
        "case": "Справа {short}: {tier}, черга «{queue}», строк {due}", "more": "і ще {count}",
        "open": "Відкрити чергу (потрібен вхід)",
        "tier.urgent": "терміново", "tier.review": "перевірити", "tier.inconclusive": "не вдалося оцінити",
        "queue.review": "перевірка", "queue.reports": "повідомлення", "queue.appeals": "оскарження",
        "queue.inconclusive": "не вдалося оцінити",
        "digest.waiting": "Чекають", "digest.overdue": "Прострочено", "digest.decided": "Вирішено за останню добу",
        "digest.oldest": "Найстаріша чекає з", "digest.audit": "З контрольної вибірки ще не розглянуто",
        "digest.rules": "Правила, які часто скасовують", "digest.more": "більше, ніж пораховано",
        "none": "немає", "unknown": "невідомо", "list.waiting": "Що чекає", "list.decided": "Що вирішено",
        "list.metrics": "Показники",
    },
}  # fmt: skip
LANGUAGES = tuple(WORDS)


def words(language: str, key: str, **values: object) -> str:
    """The text under `key`; of an unknown language in English."""
    text = WORDS.get(language, WORDS["en"])[key]
    return text.format(**values) if values else text
