"""The guide, as the app shows it: pages, contents, search, pictures."""
