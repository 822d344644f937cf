"""Why this bill, why is it high, and what it would be under another tariff."""
