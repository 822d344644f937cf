"""Photos that readers bring back."""
