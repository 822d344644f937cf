"""Well-known work, measured beside ours."""
