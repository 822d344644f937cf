"""One box that finds anything by any scrap of it."""
