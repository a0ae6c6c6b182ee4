"""One rep's week, task by task: what he did, what came of it, what he was told, and what he did not know."""
