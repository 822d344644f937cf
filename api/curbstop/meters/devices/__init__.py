"""Meters as devices, with their registers."""
