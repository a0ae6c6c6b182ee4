"""What a question about what matters may vary: settings with an evidence range that play a part, and nothing that cannot be told apart."""

from __future__ import annotations

import math
from collections.abc import Sequence

from smsim.core.section import Param
from smsim.errors import Mark, Problem
from smsim.experiment.factors import EVIDENCE, Factor
from smsim.experiment.sampling import LEVELS
from smsim.scenario import Scenario
from smsim.scenario.nodes import Entries, Leaf, Node


def open_settings(firms: Sequence[Scenario]) -> list[str]:
    """The settings with an evidence range in the order of the file, less those of parts that are off or in which firms differ."""
    idle = _idle(firms)
    known = firms[0].settled
    return [key for key, each in known.items() if each.param.span is not None and not each.slot.section.each
            and each.slot.section not in idle and not _differs(firms, key) and any(_tells(firm, each.param) for firm in firms)]


def over_evidence(node: Entries, firms: Sequence[Scenario], problems: list[Problem]) -> Entries:
    """The question with `vary: evidence` written out, setting by setting; as it is where it names its settings."""
    vary = node.entries.get("vary")
    if not isinstance(vary, Leaf) or vary.text.strip() != EVIDENCE:
        return node
    keys = open_settings(firms)
    if not keys:
        problems.append(Problem("no setting of these firms has an evidence range", vary.mark, EVIDENCE, "`vary:`, settings and ranges"))
    each: dict[str, Node] = dict.fromkeys(keys, vary)
    over = Entries(each, vary.mark, dict.fromkeys(keys, vary.mark))
    return Entries({**node.entries, "vary": over}, node.mark, node.keys)


def require_told_apart(firms: Sequence[Scenario], factors: Sequence[Factor], design: str, mark: Mark) -> list[Problem]:
    """What a Morris or Sobol design cannot do: three firms, a setting in which the two differ, lists that its levels do not fit."""
    problems = []
    if len(firms) > 2:
        problems.append(Problem(f"a {design} design asks about one firm, or what one firm has over another", mark,
                                ", ".join(firm.name for firm in firms), "`base: A`, or `base: [A, B]`"))
    for factor in factors:
        count = len(factor.choices)
        if len(firms) == 2 and _differs(firms, factor.key):
            problems.append(Problem(f"`{factor.key}` cannot be varied: it is in this that the firms differ", factor.mark, factor.key,
                                    "settings that both have alike"))
        if not factor.is_range and count < 2:
            problems.append(Problem(f"`{factor.key}` has one value, and nothing is told by it", factor.mark, "", "two values, or a range"))
        elif not factor.is_range and design == "morris" and count not in (2, LEVELS):
            problems.append(Problem(f"`{factor.key}` has {count} values, and a morris design steps between {LEVELS} levels", factor.mark,
                                    ", ".join(choice.words for choice in factor.choices), f"2 or {LEVELS} values, or `design: sobol`"))
    return problems


def _differs(firms: Sequence[Scenario], key: str) -> bool:
    return any(key not in firm or firm[key] != firms[0][key] for firm in firms)


def _tells(firm: Scenario, known: Param) -> bool:
    """Whether a parameter can do anything: none of the settings it needs (`given`) is switched off."""
    return all(key not in firm or firm[key] not in (False, 0, math.inf) for key in known.given)


def _idle(firms: Sequence[Scenario]) -> set[type]:
    """Sections that belong only to parts which are off in every firm."""
    used: set[type] = set()
    owned: set[type] = set()
    for firm in firms:
        for part in firm.registry.parts():
            owned.update(part.sections)
            used.update(part.sections if part.is_on(firm) else ())
    return owned - used
