"""Luck has an address: every draw is a pure function of (replication seed, stream, identity, time).

Nothing is drawn in order, so nothing that is switched off, added or run elsewhere can change another draw. The hash is two
rounds of the 64-bit finaliser of splitmix64 (Steele, Lea & Flood 2014), about 4 ns compiled.
"""

from __future__ import annotations

import hashlib
import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smsim.core.kernel import kernel, launch, rows

_A, _B, _C, _D = (np.uint64(c) for c in (0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0x9E3779B97F4A7C15, 0xD1B54A32D192ED03))
_S30, _S27, _S31, _S11, _S32 = (np.uint64(s) for s in (30, 27, 31, 11, 32))
_LOW = np.uint64(0xFFFFFFFF)


@kernel
def mix(z: Any) -> Any:
    """Scramble 64 bits so that every bit depends on every other."""
    z = (z ^ (z >> _S30)) * _A
    z = (z ^ (z >> _S27)) * _B
    return z ^ (z >> _S31)


@kernel
def bits(key: Any, identity: Any, time: Any) -> Any:
    """64 random bits at an address. `key` is a stream's key, `identity` and `time` non-negative whole numbers."""
    return mix(key ^ mix(np.uint64(identity) * _C + np.uint64(time) * _D))


@kernel
def luck(key: Any, identity: Any, time: Any) -> Any:
    """A uniform number strictly between 0 and 1 at an address."""
    return (np.float64(bits(key, identity, time) >> _S11) + 0.5) * (1.0 / 9007199254740992.0)


@kernel
def high(z: Any) -> Any:
    """The upper half of 64 bits as a uniform number: two draws for the price of one hash."""
    return (np.float64(z >> _S32) + 0.5) * (1.0 / 4294967296.0)


@kernel
def low(z: Any) -> Any:
    """The lower half of 64 bits as a uniform number."""
    return (np.float64(z & _LOW) + 0.5) * (1.0 / 4294967296.0)


@kernel
def exponential(key: Any, identity: Any, time: Any) -> Any:
    """An exponential waiting time of mean 1 at an address."""
    return -math.log(luck(key, identity, time))


@kernel
def normal(key: Any, identity: Any, time: Any) -> Any:
    """A standard normal number at an address (Box–Muller on two independent hashes)."""
    radius = math.sqrt(-2.0 * math.log(luck(key, identity, time)))
    return radius * math.cos(2.0 * math.pi * luck(key ^ _D, identity, time))


def uniforms(key: Any, count: int, time: int) -> NDArray[np.float64]:
    """The uniform numbers of the identities 0 to `count` − 1 at one time."""
    out = np.empty(count)
    launch(_draw, out, key, time, 0)
    return out


def normals(key: Any, count: int, time: int) -> NDArray[np.float64]:
    """The same for standard normal numbers."""
    out = np.empty(count)
    launch(_draw, out, key, time, 1)
    return out


@kernel
def _draw(out: Any, key: Any, time: Any, bell: Any) -> Any:
    for i in range(len(out)):
        out[i] = normal(key, i, time) if bell else luck(key, i, time)


def stream_key(seed: int, name: str) -> np.uint64:
    """The key of a named stream in one replication. Names are `part.stream`; the same name gives the same luck."""
    digest = hashlib.blake2b(f"{seed}/{name}".encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))


def replication_seed(seed: int, replication: int) -> int:
    """The seed of replication number `replication` (from 0) of a study: the same whatever the study's size or company."""
    digest = hashlib.blake2b(f"replication/{seed}/{replication}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> 33


class Luck:
    """The streams of one part in one replication: `luck.keys` is a record with one 64-bit key per stream, for kernels."""

    def __init__(self, seed: int, part: str, streams: tuple[str, ...]) -> None:
        self.keys: NDArray[Any] = rows(np.zeros(1, dtype=[(name, "u8") for name in streams] or [("none", "u8")]))
        for name in streams:
            self.keys[name] = stream_key(seed, f"{part}.{name}")
