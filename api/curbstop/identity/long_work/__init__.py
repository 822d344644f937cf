"""What a person may do about long work: stop it, try it again."""
