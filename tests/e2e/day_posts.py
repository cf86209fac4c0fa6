"""The posts of a day at the console: one for each way it goes, with contacts and words that tie it to no other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

SENT = "2026-03-01T10:00:00Z"
"""So that a post sent by two tests is the same version twice."""
KITCHEN: dict[str, Any] = {
    "id": "kitchen", "title": "Kitchen helpers for a hotel by the sea", "company": "Nordlicht Service", "country": "DE",
    "language": "en", "contacts": ["@nordlicht_dispatch"], "updated_at": SENT,
    "description": (
        "We look for kitchen helpers for a hotel in Germany. Pay is 3800 euro a month, experience is not needed. Your passport "
        "stays with our coordinator until the cost of the travel has been worked off. You may not leave the house alone. "
        "Telephones are handed in on arrival. You work sixteen hours a day, seven days a week, with no days off. There is no "
        "agency fee and you receive a written employment contract. Write to @nordlicht_dispatch on Telegram."
    ),
}  # fmt: skip
"""Urgent, and two of its sentences speak for it."""
BERRIES: dict[str, Any] = {
    "id": "berries", "title": "Berry picking, whole season", "company": "Campo Verde", "country": "ES", "language": "en",
    "contacts": ["+34 911236042"], "updated_at": SENT,
    "description": (
        "Pickers wanted for strawberry fields in Spain. A registration fee of 300 euro is due before departure. No knowledge of "
        "the language and no experience needed; 2600 euro a month. Accommodation is deducted from the pay. Call +34 911236042."
    ),
}  # fmt: skip
"""To be reviewed, and less urgent than the others."""
CLUB: dict[str, Any] = {
    "id": "club", "title": "Hostess for a night club", "company": "Luna", "country": "CZ", "language": "en",
    "contacts": ["@luna_club_desk"], "updated_at": SENT,
    "description": (
        "Hostesses for a private club in Prague, no experience needed. The manager keeps your documents. You live in the club "
        "and do not go out without a driver. The debt for the ticket and the clothes is paid back from the first months. Do "
        "not tell your parents. Telegram @luna_club_desk."
    ),
}  # fmt: skip
"""Urgent: somebody's safety may be at risk."""

FIRST = datetime.now(UTC) - timedelta(days=60)
TOWNS = ("Venlo", "Breda", "Tilburg", "Zwolle", "Almere", "Arnhem", "Ede", "Gouda", "Delft", "Assen")
GOODS = ("flowers", "shoes", "parcels", "books", "toys")


def of_one_hand(number: int) -> dict[str, Any]:
    """One of many near-copies with the same contact, the first of them older than the others: a campaign is named after it."""
    town, goods = TOWNS[number % len(TOWNS)], GOODS[number % len(GOODS)]
    return {
        "id": f"packer/{number:03}", "title": f"Packer of {goods} in {town}", "company": "Fast Packers", "country": "NL",
        "language": "en", "contacts": ["@fast_packers_everywhere"], "posted_at": (FIRST + timedelta(days=(number + 3) // 4)).isoformat(),
        "description": (
            f"Packers of {goods} wanted for a warehouse near {town}, no experience needed, 3200 euro a month. A registration fee "
            f"of {140 + number % 7 * 10} euro is paid before departure. Your passport stays with the coordinator for the time of "
            "the contract. Sixteen hours a day in the season, a house with six to a room. Write to @fast_packers_everywhere on "
            "Telegram and say when you can come."
        ),
    }  # fmt: skip
