"""What an act of the audit trail was done to: its name and where its page is."""
