"""Intake: a dropped file becomes messages on the posts queue, at most 20,000 posts a run, then it queues itself again.

A run that dies is run again from its offset: the posts it had sent are sent twice, and screening knows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from screening.errors import NotFoundError, PermanentError, ScreeningError, TransientError, UnreadableInputError
from screening.ports import Clock, ConfigStore, DropStore, IntakeQueue, Metrics, PostQueue, PostStore, Sealer
from screening.posts.files import read_file
from screening.posts.post import Post
from screening.posts.reading import LeftOut, ReadItem, ReadPost
from screening.workflows.batch import BatchOutcome, QueuedMessage, Remaining, no_hurry, read_body
from screening.workflows.enqueue import Enqueue
from screening.workflows.events import Event, PostPublished
from screening.workflows.messages import IntakeJob, PostSource
from screening.workflows.records import Rejected
from screening.workflows.retention import Retention

MAX_POSTS_A_RUN = 20_000
PIECE = 500
"""Items read, sealed and sent together."""
SECONDS_KEPT_BACK = 20.0
MAX_PLACE = 280
"""Characters of the file and line that a rejected record names."""
EVENT_CORRELATION = "event/"
"""Begins the correlation id of jobs that an event asked for."""


@dataclass(frozen=True, slots=True)
class IntakeOutcome:
    """`next_offset` is where the re-queued job goes on; None at the end of the file."""

    read: int
    sent: int
    rejected: int
    next_offset: int | None


def job_of_event(event: Event, received_at: datetime) -> IntakeJob:
    """The job that a `PostPublished` event asks for. Raises PermanentError naming the field."""
    published = PostPublished.from_event(event)
    return IntakeJob(
        platform=published.platform, bucket=published.bucket, key=published.key, format=published.format, offset=0,
        received_at=received_at, correlation_id=f"{EVENT_CORRELATION}{event.id}"[:200],
    )  # fmt: skip


JobReader = Callable[[str], Sequence[IntakeJob | PermanentError]]
"""From the body of a message on the intake queue to its jobs, with the error in the place of one that can't be read. Raises
PermanentError where the whole can't be read."""


def job_of_body(body: str) -> Sequence[IntakeJob]:
    return (IntakeJob.from_dict(read_body(body)),)


class ReadDrop:
    """Reads one dropped file, or the next part of it."""

    def __init__(
        self, *, drops: DropStore, sealer: Sealer, queue: PostQueue, intake_queue: IntakeQueue, posts: PostStore,
        config: ConfigStore, clock: Clock, metrics: Metrics, retention: Retention | None = None,
        max_posts: int = MAX_POSTS_A_RUN,
    ) -> None:  # fmt: skip
        self._drops = drops
        self._enqueue = Enqueue(sealer=sealer, queue=queue)
        self._intake_queue = intake_queue
        self._posts = posts
        self._config = config
        self._clock = clock
        self._metrics = metrics
        self._retention = retention or Retention()
        self._max_posts = max_posts

    def batch(
        self, jobs: Sequence[QueuedMessage], *, read_jobs: JobReader = job_of_body, remaining: Remaining = no_hurry
    ) -> BatchOutcome:
        """Jobs from the intake queue. What can never be read is recorded and done.

        Args:
            read_jobs: turns a body into jobs; an adapter's one also knows what its platform puts on the queue.
        """
        outcome = BatchOutcome()
        for queued in jobs:
            try:
                found = read_jobs(queued.body)
            except PermanentError as error:
                found = (error,)
            for job in found:  # one that can't be done costs the others of its message nothing
                try:
                    if isinstance(job, PermanentError):
                        raise job
                    self(job, remaining=remaining)
                except PermanentError as error:
                    self._metrics.count("IntakeJobsRejected")
                    if not self._record("unknown", "message", error.reason, "intake", self._clock.now()):
                        outcome.fail(queued.message_id, "rejected record not stored")
                except ScreeningError as error:
                    outcome.fail(queued.message_id, f"{type(error).__name__}: {error}")
        return outcome

    def __call__(self, job: IntakeJob, *, remaining: Remaining = no_hurry) -> IntakeOutcome:
        """Read up to `max_posts` items from the job's offset.

        Raises:
            TransientError: configuration, file or queue can't be had for now; the job must come again.
            PermanentError: the platform isn't configured.
        """
        platform = self._config.platform(job.platform)
        if platform is None or not platform.active:
            raise PermanentError(
                f"drop '{job.key[:200]}': platform '{job.platform[:60]}' isn't configured or not active"
            )
        source: PostSource = "event" if job.correlation_id.startswith(EVENT_CORRELATION) else "drop"
        read = sent = rejected = 0
        doubts: list[str] = []
        try:
            with self._drops.open(job.bucket, job.key) as stream:
                found = read_file(
                    stream, name=job.key, format=job.format, platform=job.platform, on_doubt=doubts.append,
                    pasted_text=False,
                )  # fmt: skip
                items = _UntilBroken(found)
                for _ in islice(items, job.offset):
                    pass
                while read < self._max_posts and remaining() > SECONDS_KEPT_BACK:
                    piece = list(islice(items, min(PIECE, self._max_posts - read)))
                    if not piece:
                        break
                    piece_sent, piece_rejected = self._send(job, piece, source)
                    read, sent, rejected = read + len(piece), sent + piece_sent, rejected + piece_rejected
                more = next(items, None) is not None
        except NotFoundError as error:
            return self._broken(job, str(error), IntakeOutcome(read, sent, rejected, None))
        for doubt in doubts:
            self._tell(job, doubt.removeprefix(f"{job.key}: "))
        if items.broken is not None:
            return self._broken(job, _reason(items.broken), IntakeOutcome(read, sent, rejected, None))
        next_offset = job.offset + read if more else None
        if next_offset is not None:
            self._intake_queue.send(job.at(next_offset))
        self._metrics.count("PostsTakenIn", sent, platform=job.platform)
        return IntakeOutcome(read, sent, rejected, next_offset)

    def _send(self, job: IntakeJob, piece: Sequence[ReadItem], source: PostSource) -> tuple[int, int]:
        """How many posts of the piece were sent and how many items rejected. Raises TransientError where some weren't taken."""
        posts: list[Post] = []
        indexes: list[int] = []
        rejected: list[tuple[str, str, str, str]] = []  # id, field, reason, place
        for item in piece:
            if isinstance(item, ReadPost):
                posts.append(item.post)
                indexes.append(item.index)
            elif not isinstance(item, LeftOut):
                rejected.append((item.id, item.field, item.reason, item.where))
        result = self._enqueue(
            posts, received_at=job.received_at, source=source,
            correlation_id=job.correlation_id,
        )  # fmt: skip
        rejected += [
            (posts[at].id, field, reason, f"{job.key} item {indexes[at] + 1}")
            for at, (field, reason) in result.unfit.items()
        ]
        if rejected:
            now = self._clock.now()
            records = [
                Rejected(
                    platform=job.platform, id=post_id, received_at=job.received_at, field=field, reason=reason,
                    source=_source(place), expires=self._retention.rejected_expires(now),
                )
                for post_id, field, reason, place in rejected
            ]  # fmt: skip
            if self._posts.put_rejected(records):
                raise TransientError("rejected records not stored")
        if result.later:
            raise TransientError(f"{len(result.later)} posts not taken by the queue")
        return len(posts) - len(result.unfit), len(rejected)

    def _broken(self, job: IntakeJob, reason: str, outcome: IntakeOutcome) -> IntakeOutcome:
        """What came before the break was sent; the break itself is told to the platform."""
        self._tell(job, reason)
        self._metrics.count("DropsBroken", platform=job.platform)
        return replace(outcome, rejected=outcome.rejected + 1)

    def _tell(self, job: IntakeJob, reason: str) -> None:
        if not self._record(job.platform, "file", reason, _source(job.key), job.received_at):
            raise TransientError("rejected record not stored")

    def _record(self, platform: str, field: str, reason: str, source: str, received_at: datetime) -> bool:
        """Of one moment and place there is one record, however often the job is delivered."""
        record = Rejected(
            platform=platform, id="", received_at=received_at, field=field, reason=reason, source=source,
            expires=self._retention.rejected_expires(self._clock.now()),
        )  # fmt: skip
        return not self._posts.put_rejected([record])


class _UntilBroken:
    """Items of a file up to where it breaks off, so that those just before aren't lost with it; `broken` then says why."""

    def __init__(self, items: Iterator[ReadItem]) -> None:
        self._items = items
        self.broken: UnreadableInputError | None = None

    def __iter__(self) -> Iterator[ReadItem]:
        return self

    def __next__(self) -> ReadItem:
        try:
            return next(self._items)
        except UnreadableInputError as error:
            self.broken = error
            raise StopIteration from None


def _source(place: str) -> str:
    """The place as a rejected record names it; of a long one the end is kept, which tells the lines apart."""
    return f"drop {place}" if len(place) <= MAX_PLACE else f"drop …{place[-MAX_PLACE:]}"


def _reason(error: UnreadableInputError) -> str:
    return f"line {error.line}: {error.reason}" if error.line is not None else error.reason
