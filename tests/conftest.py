"""What all rooms share: how hard hypothesis looks, and that what a test plays is played, not fetched from a store."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_ALWAYS = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]}
settings.register_profile("ci", max_examples=15, derandomize=True, **_ALWAYS)
settings.register_profile("deep", max_examples=300, **_ALWAYS)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
os.environ["SMSIM_STORE"] = "off"
