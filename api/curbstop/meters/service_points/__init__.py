"""Service points: where meters sit."""
