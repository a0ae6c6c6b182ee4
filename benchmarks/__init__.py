"""How fast smsim is, held against an idiomatic Mesa model, a floor, and itself."""
