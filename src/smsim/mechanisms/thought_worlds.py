"""Two thought worlds: each side believes its own kind of evidence, and understands the other's only roughly (M39).

Sales hears single customers, marketing hears the market. With an orientation gap G each side takes its own kind of evidence for G times
as precise as it is, and the other's for 1/G as precise: a rep what a customer tells him against what marketing tells him, marketing its
research against notes from the field. Beliefs are fused by these precisions, and so are worse than they could be for each side by
itself; whether they are better for both together, being less alike, is a matter of the arithmetic. With a competence gap c what crosses
between them is misunderstood by c sd per criterion, and nobody knows.
"""

from __future__ import annotations

from smsim.core.section import Section, param

_MEETING = {"practices.meetings.every": "2 weeks"}


class ThoughtWorlds(Section, at="culture"):
    """How differently the two sides think, and how well they understand each other's matters."""

    orientation_gap: float = param(1.0, "times", "How much more precise each side takes its own kind of evidence for than it is, and the "
                                   "other's less (G); 1 for no gap", source="homburg2007", grade="C", low=1, high=100,
                                   moves="marketing_need_error ?", given=_MEETING | {"culture.orientation_gap": "2"})
    competence_gap: float = param(0.0, "sd", "How far what one side tells the other of needs is misunderstood, per criterion (c)",
                                  source="homburg2007", grade="C", low=0, high=10, moves="marketing_need_error +",
                                  given=_MEETING | {"culture.competence_gap": "0.5"})
