"""The demo district: fictional, believable, and the same for the same seed."""
