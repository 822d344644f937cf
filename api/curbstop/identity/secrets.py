"""Passwords and tokens: argon2id for what people choose, SHA-256 for what we draw at random."""

import asyncio
import hashlib
import hmac
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# OWASP's argon2id floor (19 MiB, two passes) with one lane: about 20 ms on a small machine.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Unknown names are checked against this, so that the answer takes as long as for known ones.
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))


async def hash_password(password: str) -> str:
    """An argon2id hash, made off the event loop."""
    return await asyncio.to_thread(_HASHER.hash, password)


def _verify(stored: str, password: str) -> bool:
    try:
        return _HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


async def verify_password(stored: str | None, password: str) -> bool:
    """Whether the password fits; takes the same time when there is nobody to compare with."""
    fits = await asyncio.to_thread(_verify, stored or _NOBODY, password)
    return fits and stored is not None


def new_token() -> str:
    """256 random bits, URL-safe."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).digest()


def same_token(one: str, other: str) -> bool:
    """Comparison that takes the same time whatever differs."""
    return hmac.compare_digest(one.encode(), other.encode())
