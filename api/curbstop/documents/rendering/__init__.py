"""How every document is rendered: Typst with our fonts, words by language, printable text."""
