"""The thresholds of the rules: what each is, its values in force, and what a change would do."""
