"""All that pay makes of a rep's choices in one go: how long he works, what he writes up, which deals he moves (M20, M22).

The same answers as asking one after the other; asked for every rep on many mornings, they are reckoned together.
"""

from __future__ import annotations

from typing import Any

from smsim.core.kernel import inner, kernel
from smsim.mechanisms.choice import USUALLY_WON
from smsim.mechanisms.climbing import best_effort
from smsim.mechanisms.effort import pay_of_a_later_sale, pay_of_an_hour, pay_of_sales
from smsim.mechanisms.reporting import share_reported


@kernel
def adjust(rep: Any, o: Any, pay: Any, timing: Any, reporting: Any, asking: Any) -> Any:
    """The effort, the share written up, the reach and the holding back that pay best go into a rep's row; `rep` is that row alone.

    `asking` is how much of his next pay counts, an hour's salary, hours of a whole period, and as 1 or 0 whether its end is near and
    whether writing up costs any.
    """
    row, (future, salary, hours, near, costs) = rep[0], asking
    row.effort = best_effort(o, pay)
    row.share_reported = 1.0
    if costs > 0.0:
        row.share_reported = share_reported(reporting[0].duty, salary, pay_of_an_hour(o, pay, row.effort, hours))
    row.pull, row.push = 0.0, 0.0
    if near > 0.0:
        later = future * pay_of_a_later_sale(o, pay)
        row.pull = days_to_pull(row, o, pay, timing[0], later)
        row.push = pays_to_push(row, o, pay, timing[0], later)


@inner
def days_to_pull(row: Any, o: Any, pay: Any, t: Any, later: Any) -> Any:
    """How many days beyond the end it pays to bring deals forward from; 0 for none."""
    best, most, moved, given = 0.0, 0.0, 0.0, 0.0
    for week in range(4):
        value, share = row.soon[week], t.haste * (week + 0.9) / t.price
        moved, given = moved + USUALLY_WON * value, given + USUALLY_WON * value * (1.0 - share)
        gain = pay_of_sales(o, pay, row.effort, given) - later * moved
        if share <= t.most and gain > most + 1e-9:
            best, most = 7.0 * (week + 1), gain
    return min(best, t.reach)


@inner
def pays_to_push(row: Any, o: Any, pay: Any, t: Any, later: Any) -> Any:
    """Whether holding deals back pays: 1 for yes."""
    value, wait = USUALLY_WON * row.late, 1.0 - (1.0 - USUALLY_WON) * t.haste
    if value > 0.0 and later * value * wait > -pay_of_sales(o, pay, row.effort, -value) + 1e-9:
        return 1.0
    return 0.0
