"""The market: segments whose needs drift, rivals, and what the firm says and believes of it."""

from __future__ import annotations

from smsim.core.section import Section, param
from smsim.core.table import Table, field
from smsim.world.customers import CRITERIA

#: Why some settings cannot change in the course of a run.
_PEOPLED = "each customer is drawn before the first day"


class Market(Section, at="market"):
    """Who might buy, how their needs move, and when they are ready to."""

    customers: int = param(2000, "count", "Customers in the market", source="assumed", grade="C", low=1, high=20_000_000,
                           moves="leads +", fixed=_PEOPLED)
    drift: float = param(0.02, "per week", "Rate at which a segment's need forgets itself (κ)", source="assumed", grade="C", low=0,
                         high=1, moves="marketing_need_error ?", span=(0.005, 0.05))
    shocks: float = param(1 / 26, "per week", "Sudden changes of a segment's need", source="assumed", grade="C", low=0, high=1,
                          moves="marketing_need_error +")
    shock_size: float = param(1.0, "sd", "Size of a sudden change, per criterion", source="assumed", grade="C", low=0, high=10,
                              moves="marketing_need_error +")
    offset: float = param(0.5, "sd", "How far a customer's own need lies from the segment's, per criterion", source="assumed", grade="C",
                          low=0, high=5, moves="win_rate -", fixed=_PEOPLED)
    tolerance: float = param(0.5, "sd", "How far a solution may miss the need before it fits badly (ω)", source="assumed", grade="C",
                             low=0.05, high=5, moves="win_rate +", span=(0.35, 1.0))
    windows: float = param(2.5 / 52, "per week", "Rate at which a customer starts to look for something to buy", source="assumed",
                           grade="C", low=0, high=1, moves="leads +")
    window_length: float = param(70.0, "days", "Mean time a buying window stays open", source="bridge2017", grade="C", low=1, high=3640,
                                 moves="leads +")
    rivals: int = param(3, "count", "Rivals every customer can buy from", source="steenkamp2005", grade="B", low=0, high=1000,
                        moves="win_rate -")
    value_spread: float = param(0.6, "log sd", "Spread of deal values within a segment", source="assumed", grade="C", low=0, high=3,
                                moves="revenue +", fixed=_PEOPLED)


class Segment(Section, at="market.segments", each=True):
    """A group of customers whose needs move together."""

    share: float = param(1.0, "weight", "Relative number of customers", source="assumed", grade="C", low=0, high=1e6, moves="revenue ?",
                         fixed=_PEOPLED)
    deal_value: float = param(25_000.0, "money", "Median value of a deal", source="bridge2017", grade="B", low=0, high=1e12,
                              moves="revenue +", fixed=_PEOPLED)

    entries = {
        "small": {"share": 0.5, "deal_value": 20_000.0},
        "middle": {"share": 0.35, "deal_value": 30_000.0},
        "large": {"share": 0.15, "deal_value": 60_000.0},
    }


class Segments(Table, name="segments"):
    """The true state of each segment, and the message the firm sends it."""

    need = field("f8", 0.0, "sd", "What the segment wants, by criterion", (CRITERIA,))
    message = field("f8", 0.0, "sd", "What the firm's message promises it, by criterion", (CRITERIA,))
    strayed = field("f8", 0.0, "sd", "How far the mean of what the channels say lies from the message, by criterion", (CRITERIA,))
    spread = field("f8", 0.0, "sd²", "Variance between what the channels say, over all criteria")
    doubt = field("f8", 0.0, "sd²", "The same over the number of channels: variance of what a customer takes to be the message")
    heard_off = field("f8", 0.0, "sd", "How far what its customers say one by one is off as a whole, by criterion", (CRITERIA,))
    studied_off = field("f8", 0.0, "sd", "How far what studies of it find is off as a whole, by criterion", (CRITERIA,))
    text = field("f8", 0.0, "sd", "What the material says that sales can use, by criterion", (CRITERIA,))
    text_var = field("f8", 0.0, "sd²", "Variance of the belief it was written from, per criterion")
    text_day = field("i8", -1, "day", "When it was written; -1 for no material")
    deal_value = field("f8", 0.0, "money", "Median value of a deal")
    marketer = field("i4", 0, "index", "Marketer who writes the message")
    bar = field("f8", 0.0, "score", "Policy of marketing: what an inquiry from here must score above the threshold; 0 on the target list")


class Shocks(Table, name="shocks"):
    """Sudden changes of need that are known to come: one row per segment and day of the look-ahead, in a ring."""

    jump = field("f8", 0.0, "sd", "How the need will change", (CRITERIA,))
    signal = field("f8", 0.0, "sd", "What those who watch the whole market see of it", (CRITERIA,))
    day = field("i4", -1, "day", "When it comes; -1 for no shock")


class Insight(Table, name="insight"):
    """What marketing believes of each segment's need (Kalman mean and variance per criterion)."""

    mean = field("f8", 0.0, "sd", "Believed need", (CRITERIA,))
    var = field("f8", 1.0, "sd²", "Variance of the belief, per criterion")


class RepInsight(Table, name="rep_insight"):
    """What each rep believes of each segment (row = rep × segments + segment): own experience, and the last thing heard."""

    mean = field("f8", 0.0, "sd", "Need believed from own discoveries", (CRITERIA,))
    var = field("f8", 1.0, "sd²", "Variance of that belief, per criterion")
    heard = field("f8", 0.0, "sd", "Need as marketing last told it", (CRITERIA,))
    heard_var = field("f8", 1e9, "sd²", "Variance with which the rep takes it")


class Notes(Table, name="notes"):
    """Field observations, a ring per rep (row = rep × RING + n mod RING)."""

    seen = field("f8", 0.0, "sd", "Need as observed", (CRITERIA,))
    noise = field("f8", 0.0, "sd²", "Variance with which it tells of the segment's need, per criterion")
    day = field("f8", -1.0, "day", "When it was observed; -1 for an empty row")
    segment = field("i4", 0, "index", "Segment it is about")
    sent = field("i4", 1, "flag", "Whether it has reached marketing, or never will")


#: Field observations a rep remembers.
RING = 64
