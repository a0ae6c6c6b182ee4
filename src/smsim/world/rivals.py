"""Rivals with positions: what each offers to each segment, and what the firm's people believe of it."""

from __future__ import annotations

from smsim.core.section import Section, param
from smsim.core.table import Table, field
from smsim.world.customers import CRITERIA

_ON = {"market.rivalry.positions": "yes"}
_TOLD = _ON | {"practices.meetings.every": "1 week"}


class Rivalry(Section, at="market.rivalry"):
    """Where rivals stand among the buying criteria, how slowly they answer, and how well it can be seen."""

    positions: bool = param(False, "flag", "Whether rivals' offers have positions of their own and are liked by how they fit",
                            source="assumed", grade="C", moves="win_rate ?", fixed="rivals stand somewhere from the first day on")
    look: float = param(91.0, "days", "Time from one look of a rival at what is wanted to the next", source="assumed", grade="C", low=1,
                        high=3640, moves="rival_position_error ?", given=_ON)
    reaction: float = param(0.25, "share", "Chance that a rival who looks answers, and moves its offer to a segment",
                            source="steenkamp2005", grade="B", low=0, high=1, moves="rival_position_error ?", span=(0.1, 0.4), given=_ON)
    noise: float = param(0.5, "sd", "How far an answer misses what is wanted on its day, per criterion", source="assumed", grade="C",
                         low=0, high=5, moves="rival_position_error +", given=_ON)
    field_noise: float = param(0.8, "sd", "Noise with which a rep hears from a customer what one rival offers, per criterion",
                               source="assumed", grade="C", low=0.01, high=10, moves="rival_position_error +", given=_TOLD)
    usual_fit: float = param(0.18, "fit", "Fit at which a rival's offer is liked as `selling.choice.rival` says", source="assumed",
                             grade="C", low=0, high=1, moves="win_rate +", given=_ON)
    focus: float = param(0.0, "power", "How far customers look at what tells the offers apart: a criterion weighs as the range of the "
                         "offers to this power; 0 where all weigh alike", source="koszegi2013", grade="C", low=0, high=10,
                         moves="win_rate ?", given=_ON | {"market.rivalry.focus": "1"})


class Rivals(Table, name="rivals"):
    """What each rival offers to each segment (row = rival × segments + segment); no rows where rivals have no positions."""

    offer = field("f8", 0.0, "sd", "The offer, by criterion", (CRITERIA,))


class RivalInsight(Table, name="rival_insight"):
    """What marketing believes of each row of `rivals`."""

    mean = field("f8", 0.0, "sd", "Believed offer", (CRITERIA,))
    var = field("f8", 1.0, "sd²", "Variance of the belief, per criterion")


class RepRivalInsight(Table, name="rep_rival_insight"):
    """What each rep believes of each rival's offers (row = (rival × reps + rep) × segments + segment)."""

    mean = field("f8", 0.0, "sd", "Offer believed from what his own customers said", (CRITERIA,))
    var = field("f8", 1.0, "sd²", "Variance of that belief, per criterion")
    heard = field("f8", 0.0, "sd", "Offer as marketing last told it", (CRITERIA,))
    heard_var = field("f8", 1e9, "sd²", "Variance with which the rep takes it")


class RivalNotes(Table, name="rival_notes"):
    """What stands of rivals in each field observation (row = rival × rows of `notes` + row of `notes`)."""

    seen = field("f8", 0.0, "sd", "Offer as the customer told it", (CRITERIA,))
    told = field("i4", 1, "flag", "Whether marketing has taken it in, or never will")
