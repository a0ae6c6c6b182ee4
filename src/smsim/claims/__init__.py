"""What five articles claim of marketing and sales, and the worlds in which the model is asked. One YAML file per article."""
