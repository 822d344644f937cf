"""Tariffs as versioned data, and the pure engine that prices a bill with them."""
