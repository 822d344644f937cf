"""Tariffs and their versions: drafted, proposed, approved by a second person."""
