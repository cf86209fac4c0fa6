"""What lands on the intake queue besides our own jobs: S3's announcement of a dropped file, and `PostPublished` from the bus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import unquote_plus

from screening.errors import PermanentError
from screening.fields import Fields
from screening.workflows.batch import read_body
from screening.workflows.events import Event
from screening.workflows.intake import job_of_event
from screening.workflows.messages import IntakeJob, job_from_drop

MAX_ENCODED_KEY = 3 * 1_024
"""S3 takes keys of 1,024 bytes, and announces a byte as up to three characters."""


def read_jobs(body: str) -> Sequence[IntakeJob | PermanentError]:
    """The jobs in a message, none for S3's test message; of several records one that can't be read stands as its error.

    Raises:
        PermanentError: naming the field; the same bytes can't get better.
    """
    data = read_body(body)
    if not isinstance(data, Mapping):
        raise PermanentError("intake message: an object was expected")
    if data.get("Event") == "s3:TestEvent":  # S3 sends one when the notification is set up
        return ()
    if "detail" in data:
        event = Event.from_detail(data["detail"])
        return (job_of_event(event, event.timestamp),)
    if "Records" in data:
        return tuple(map(_job_or_error, Fields(data, "S3 notification").each("Records", lambda record: record)))
    return (IntakeJob.from_dict(data),)


def _job_or_error(record: object) -> IntakeJob | PermanentError:
    try:
        return _job_of_record(record)
    except PermanentError as error:
        return error


def _job_of_record(record: object) -> IntakeJob:
    fields = Fields(record, "S3 record")
    place = fields.fields("s3")
    item = place.fields("object")
    key = unquote_plus(item.text("key", limit=MAX_ENCODED_KEY))
    moment = fields.moment("eventTime")
    return job_from_drop(place.fields("bucket").text("name"), key, moment, f"drop/{key}"[:200])
