"""Documents: stored files, and the rendering of statements and letters to PDF and HTML."""
