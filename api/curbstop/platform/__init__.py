"""What every room stands on: database, unit of work, HTTP, events, jobs, lists, settings."""
