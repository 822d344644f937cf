"""The chart of accounts with its balances, its charge groups, and the proof of the receivable."""
