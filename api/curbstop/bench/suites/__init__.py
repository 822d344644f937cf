"""One file per kind of work that is measured."""
