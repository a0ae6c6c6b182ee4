"""From runs to a decision: levers with their costs, a budget, uncertain worlds; which levers to pull, and what each is worth."""
