"""Bills, their segments and lines: what an account was charged, and the proof."""
