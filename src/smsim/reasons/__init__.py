"""Why two scenarios differ: the gap split over their settings, and over what became of the leads."""
