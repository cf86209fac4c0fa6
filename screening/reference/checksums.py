"""Check digits of bank accounts, wallets and register numbers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def is_iban(value: str) -> bool:
    """ISO 13616: the rearranged number leaves 1 modulo 97."""
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}", value):
        return False
    rearranged = value[4:] + value[:4]
    return int("".join(str(int(letter, 36)) for letter in rearranged)) % 97 == 1


def is_wallet(value: str) -> bool:
    """Bitcoin and Tron addresses carry a base58 checksum; bech32 and Ethereum are taken by their form."""
    if value.startswith(("bc1", "0x")):
        return True
    number = 0
    for letter in value:
        number = number * 58 + _BASE58.index(letter)
    raw = number.to_bytes(25, "big") if number < 1 << 200 else b""
    return bool(raw) and hashlib.sha256(hashlib.sha256(raw[:-4]).digest()).digest()[:4] == raw[-4:]


def _weighted(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def is_nip(number: str) -> bool:
    """Poland, tax number: ten digits, weights 6 5 7 2 3 4 5 6 7 modulo 11."""
    return (
        len(number) == 10 and len(set(number)) > 1
        and _weighted(number, (6, 5, 7, 2, 3, 4, 5, 6, 7)) % 11 == int(number[9])
    )  # fmt: skip


def is_regon(number: str) -> bool:
    """Poland, statistical number: nine or fourteen digits."""
    weights = {9: (8, 9, 2, 3, 4, 5, 6, 7), 14: (2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8)}.get(len(number))
    return weights is not None and _weighted(number, weights) % 11 % 10 == int(number[-1])


def is_edrpou(number: str) -> bool:
    """Ukraine, register of legal persons: eight digits; the weights depend on the range, then shift by two at remainder 10."""
    if len(number) != 8:
        return False
    middle = 30_000_000 <= int(number) <= 60_000_000
    weights = (7, 1, 2, 3, 4, 5, 6) if middle else (1, 2, 3, 4, 5, 6, 7)
    rest = _weighted(number, weights) % 11
    if rest == 10:
        rest = _weighted(number, [weight + 2 for weight in weights]) % 11 % 10
    return rest == int(number[7])


def is_ico(number: str) -> bool:
    """Czechia and Slovakia, company number: eight digits, weights 8 to 2 modulo 11."""
    if len(number) != 8:
        return False
    return (11 - _weighted(number, (8, 7, 6, 5, 4, 3, 2)) % 11) % 10 == int(number[7])


def is_cui(number: str) -> bool:
    """Romania, fiscal number: two to ten digits, key 753217532, times ten modulo 11."""
    if not 2 <= len(number) <= 10:
        return False
    return _weighted(number[:-1].zfill(9), (7, 5, 3, 2, 1, 7, 5, 3, 2)) * 10 % 11 % 10 == int(number[-1])


def is_eik(number: str) -> bool:
    """Bulgaria, unified number: nine digits (branches have thirteen, of which the first nine are checked)."""
    if len(number) not in (9, 13):
        return False
    rest = _weighted(number, (1, 2, 3, 4, 5, 6, 7, 8)) % 11
    if rest == 10:
        rest = _weighted(number, (3, 4, 5, 6, 7, 8, 9, 10)) % 11 % 10
    return rest == int(number[8])


def is_inn(number: str) -> bool:
    """Russia, tax number: ten digits for organisations, twelve for persons."""
    if len(number) == 10:
        return _weighted(number, (2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10 == int(number[9])
    if len(number) == 12:
        first = _weighted(number, (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10
        second = _weighted(number, (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10
        return first == int(number[10]) and second == int(number[11])
    return False


def is_ogrn(number: str) -> bool:
    """Russia, state register: thirteen digits (organisations) or fifteen (sole traders)."""
    return len(number) in (13, 15) and int(number[:-1]) % (len(number) - 2) % 10 == int(number[-1])


def is_cif(number: str) -> bool:
    """Spain, company tax number: a letter, seven digits, a control digit or letter."""
    if not re.fullmatch(r"[ABCDEFGHJNPQRSUVW]\d{7}[0-9A-J]", number):
        return False
    digits = number[1:8]
    total = sum(int(digit) for digit in digits[1::2])
    total += sum(sum(divmod(2 * int(digit), 10)) for digit in digits[0::2])
    control = (10 - total % 10) % 10
    return number[8] in (str(control), "JABCDEFGHI"[control])


def is_adoszam(number: str) -> bool:
    """Hungary, tax number: eight digits with a check digit (weights 9 7 3 1), then the VAT code and the county."""
    digits = number.replace("-", "")
    return len(digits) == 11 and (10 - _weighted(digits, (9, 7, 3, 1, 9, 7, 3)) % 10) % 10 == int(digits[7])
