"""What a correction of a register would change of bills and of water not billed yet."""
