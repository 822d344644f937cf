"""Money that customers bring: tenders, posting, reversal."""
