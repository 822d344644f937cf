"""The edit list: exceptions of reads, and what the office decides about them."""
