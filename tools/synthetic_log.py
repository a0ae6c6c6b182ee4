"""Write the synthetic lead log that is shipped: what `smsim run web --leads` leaves, as a CSV with dates.

    python tools/synthetic_log.py
"""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path

from smsim.core.luck import replication_seed
from smsim.model import play
from smsim.scenario import load

WEEKS, MONDAY = 13, datetime(2024, 1, 1)
TARGET = Path(__file__).parents[1] / "src/smsim/scenarios/data/synthetic_leads.csv"


def main() -> None:
    """Play thirteen weeks after a warm-up and keep the marketing leads born in them."""
    warm_up = 91
    run = play(load("web").but({"run.weeks": WEEKS * 2, "run.warm_up": warm_up}), replication_seed(1, 0), leads=True)
    leads = run.leads or {}
    with TARGET.open("w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["lead_id", "created", "channel", "value"])
        kept = [n for n in range(len(leads["lead"])) if leads["created"][n] >= warm_up and leads["outcome"][n] != "below_threshold"]
        for number, n in enumerate(kept):
            born = MONDAY + timedelta(days=float(leads["created"][n]) - warm_up)
            rows.writerow([f"L{number:05d}", born.isoformat(" ", "minutes"), leads["channel"][n], f"{leads['value'][n]:.0f}"])


if __name__ == "__main__":
    main()
