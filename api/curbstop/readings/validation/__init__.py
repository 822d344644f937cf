"""Named rules that every read passes before it may be billed."""
