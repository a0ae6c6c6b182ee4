"""Studies: scenarios × replications on the same luck, played by any number of workers, kept so that a kill costs seconds."""
