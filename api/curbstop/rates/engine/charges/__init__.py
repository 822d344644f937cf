"""One file per price model: each compiles a definition into a function that adds bill lines."""
