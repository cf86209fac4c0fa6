"""The environment of each function, as template.yaml sets it: one model per function, field name = variable in lower case.

tests/contract/test_template.py holds both equal, so that neither a missing nor a forgotten variable gets deployed.
"""

from __future__ import annotations

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read once per process. Raises pydantic's ValidationError naming the variable: such a function must not start."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")


class Retained(Settings):
    clear_retention_days: int
    watch_retention_days: int
    case_retention_days: int


class ApiSettings(Settings):
    config_table: str
    posts_table: str
    referrals_table: str
    cases_table: str
    reports_table: str
    ledger_table: str
    archive_bucket: str
    referrals_bucket: str
    bus_name: str
    review_queue_prefix: str
    posts_queue: str
    sealing_key: str
    secrets_prefix: str
    case_retention_days: int
    links_table: str


class PublicSettings(Settings):
    posts_table: str
    reports_table: str
    sealing_key: str
    bus_name: str
    senders_secret: str


class ConsoleSettings(Settings):
    config_table: str
    posts_table: str
    cases_table: str
    links_table: str
    ledger_table: str
    reports_table: str
    archive_bucket: str
    sealing_key: str
    bus_name: str
    review_queue_prefix: str
    referrals_table: str
    referrals_bucket: str
    fingerprint_secret: str
    session_secret: str
    secrets_prefix: str
    cookie_secure: bool
    user_pool: str
    user_pool_client: str
    token_issuer: str
    key_set_url: str
    hosted_address: str
    console_address: str
    translation_address: str
    translate_region: str
    case_retention_days: int


class IntakeSettings(Settings):
    config_table: str
    posts_table: str
    posts_queue: str
    intake_queue: str
    sealing_key: str


class ScreenSettings(Retained):
    config_table: str
    posts_table: str
    archive_bucket: str
    bus_name: str
    sealing_key: str
    fingerprint_secret: str
    audit_target_per_day: int
    audit_default_probability: float
    links_table: str
    posts_queue: str


class ReviewSettings(Settings):
    config_table: str
    cases_table: str
    reports_table: str
    ledger_table: str
    posts_table: str
    links_table: str
    archive_bucket: str
    bus_name: str
    review_queue_prefix: str
    reports_team: str
    case_retention_days: int
    fingerprint_secret: str


class Referring(Settings):
    """What issuing a referral needs."""

    config_table: str
    cases_table: str
    ledger_table: str
    referrals_table: str
    archive_bucket: str
    referrals_bucket: str
    evidence_bucket: str
    sealing_key: str
    partner_queue_prefix: str
    bus_name: str
    review_queue_prefix: str
    case_retention_days: int


class ReferSettings(Referring):
    posts_table: str
    links_table: str
    reports_table: str
    secrets_prefix: str
    transparency_address: str = ""


class SweepSettings(Settings):
    config_table: str
    posts_table: str
    cases_table: str
    ledger_table: str
    bus_name: str
    review_queue_prefix: str
    sweep_age_seconds: int
    referrals_table: str
    secrets_prefix: str
    alert_topic_prefix: str
    console_address: str
    case_retention_days: int


class DailySettings(Referring):
    pass


class RescoreSettings(Retained):
    config_table: str
    posts_table: str
    archive_bucket: str
    rescore_bucket: str
    bus_name: str
    sealing_key: str
    fingerprint_secret: str
    links_table: str
    audit_target_per_day: int
    audit_default_probability: float


SETTINGS: dict[str, type[Settings]] = {
    "api": ApiSettings,
    "public": PublicSettings,
    "console": ConsoleSettings,
    "intake": IntakeSettings,
    "screen": ScreenSettings,
    "review": ReviewSettings,
    "refer": ReferSettings,
    "sweep": SweepSettings,
    "daily": DailySettings,
    "rescore": RescoreSettings,
}
"""By the name of the function."""
