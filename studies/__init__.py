"""Studies of the world as it is built: plain scripts on smsim's public API, each with a page in docs/."""
