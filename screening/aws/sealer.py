"""AES-256-GCM under data keys of KMS. One call to KMS serves a hundred thousand posts, not one.

A sealed text is base64 of: format (1 byte), length of the encrypted data key (2 bytes, big-endian), that key, a nonce
(12 bytes), ciphertext with its tag. The context is bound to the text, and to the data key by name of the application.
"""

from __future__ import annotations

import base64
import binascii
import os
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from screening.aws.failures import note, translated
from screening.errors import NotFoundError, PermanentError, TransientError

FORMAT = 1
KEY_SECONDS = 300.0
KEY_USES = 100_000
"""Far below the 2^32 uses after which random nonces of one AES-GCM key may meet."""
KEYS_REMEMBERED = 512
_NONCE = 12
_ENCRYPTION_CONTEXT = {"application": "offer-screening"}


@dataclass(slots=True)
class _SealingKey:
    cipher: AESGCM
    encrypted: bytes
    until: float
    uses_left: int


class KmsSealer:
    """The `Sealer` of the functions. Safe to share between threads."""

    def __init__(self, kms: Any, key_id: str, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._kms = kms
        self._key_id = key_id
        self._monotonic = monotonic
        self._lock = Lock()
        self._current: _SealingKey | None = None
        self._opened: OrderedDict[bytes, AESGCM] = OrderedDict()

    def seal(self, plain: bytes, context: str) -> str:
        key = self._sealing_key()
        nonce = os.urandom(_NONCE)
        ciphertext = key.cipher.encrypt(nonce, plain, context.encode())
        head = bytes([FORMAT]) + len(key.encrypted).to_bytes(2, "big")
        return base64.b64encode(head + key.encrypted + nonce + ciphertext).decode("ascii")

    def unseal(self, sealed: str, context: str) -> bytes:
        try:
            raw = base64.b64decode(sealed, validate=True)
        except (binascii.Error, ValueError):
            raise PermanentError("sealed text: no base64") from None
        if len(raw) < 3 or raw[0] != FORMAT:
            raise PermanentError("sealed text: of another format")
        end = 3 + int.from_bytes(raw[1:3], "big")
        encrypted, nonce, ciphertext = raw[3:end], raw[end : end + _NONCE], raw[end + _NONCE :]
        if len(ciphertext) < 16:
            raise PermanentError("sealed text: cut short")
        try:
            return self._opening_key(encrypted).decrypt(nonce, ciphertext, context.encode())
        except InvalidTag:
            raise PermanentError("sealed text: changed, or sealed for another context") from None

    def _sealing_key(self) -> _SealingKey:
        with self._lock:
            key = self._current
            if key is None or key.uses_left <= 0 or self._monotonic() >= key.until:
                with _available("KMS GenerateDataKey"):
                    answer = self._kms.generate_data_key(
                        KeyId=self._key_id, KeySpec="AES_256", EncryptionContext=_ENCRYPTION_CONTEXT
                    )
                key = _SealingKey(
                    AESGCM(answer["Plaintext"]), answer["CiphertextBlob"], self._monotonic() + KEY_SECONDS, KEY_USES
                )
                self._current = key
                self._remember(key.encrypted, key.cipher)
            key.uses_left -= 1
            return key

    def _opening_key(self, encrypted: bytes) -> AESGCM:
        with self._lock:
            cipher = self._opened.get(encrypted)
            if cipher is not None:
                self._opened.move_to_end(encrypted)
                return cipher
        # A data key that KMS can't open may be a mistake of ours in the configuration: the post waits, it isn't rejected.
        with _available("KMS Decrypt"):
            answer = self._kms.decrypt(
                CiphertextBlob=encrypted, KeyId=self._key_id, EncryptionContext=_ENCRYPTION_CONTEXT
            )
        cipher = AESGCM(answer["Plaintext"])
        with self._lock:
            self._remember(encrypted, cipher)
        return cipher

    def _remember(self, encrypted: bytes, cipher: AESGCM) -> None:
        self._opened[encrypted] = cipher
        while len(self._opened) > KEYS_REMEMBERED:
            self._opened.popitem(last=False)


@contextmanager
def _available(what: str) -> Iterator[None]:
    """A key that is gone, disabled or forbidden may be had again: the message waits, it isn't thrown away."""
    try:
        with translated(what):
            yield
    except NotFoundError as error:
        note(error)
        raise TransientError(str(error)) from error.__cause__
    except TransientError as error:
        note(error)
        raise
