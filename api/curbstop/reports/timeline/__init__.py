"""Everything that happened on an account, newest first."""
