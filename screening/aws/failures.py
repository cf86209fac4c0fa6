"""What AWS answers, in the project's own errors: the one place that knows error codes."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from aws_lambda_powertools import Logger
from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError

from screening.errors import ConflictError, NotFoundError, PermanentError, TransientError

_GONE = frozenset({
    "NoSuchKey", "NoSuchBucket", "404", "ResourceNotFoundException", "NotFoundException",
    "AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist", "UserNotFoundException",
})  # fmt: skip
_CONFLICT = frozenset({"ConditionalCheckFailedException", "UsernameExistsException"})
_REFUSED_FOR_GOOD = frozenset({"InvalidMessageContents", "ItemCollectionSizeLimitExceededException"})

_logger = Logger(child=True)

Pause = Callable[[float], None]


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Turn what botocore raises inside into our errors; `what` names the call and its item, never text of a post.

    Everything that isn't known to be for good counts as transient, a refused permission included: the message then waits
    in its queue until the mistake is mended, and nothing is lost.

    Raises:
        NotFoundError, ConflictError, PermanentError, TransientError.
    """
    try:
        yield
    except ClientError as error:
        raise translate(error, what) from error
    except ParamValidationError:
        raise  # a bug of ours, not of the network
    except BotoCoreError as error:
        raise TransientError(f"{what}: {type(error).__name__}") from error


def translate(error: ClientError, what: str) -> NotFoundError | ConflictError | PermanentError | TransientError:
    code = error_code(error)
    if code in _GONE:
        return NotFoundError(f"{what}: {code}")
    if code in _CONFLICT:
        return ConflictError(f"{what}: {code}")
    if code in _REFUSED_FOR_GOOD:
        return PermanentError(f"{what}: {code}")
    return TransientError(f"{what}: {code}")


def note(error: Exception) -> None:
    """Log why part of a batch wasn't done: the answer to the caller only names which. Holds call and code, no content."""
    _logger.warning("not done for now", reason=str(error))


def error_code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", "Unknown"))


def backoff(attempt: int, *, base: float = 0.05, most: float = 1.0, pause: Pause = time.sleep) -> None:
    """Full jitter: many functions that were throttled together must not come back together."""
    pause(random.uniform(0, min(most, base * 2**attempt)))  # noqa: S311 - spreads load, guards nothing
