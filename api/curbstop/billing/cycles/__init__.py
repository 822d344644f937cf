"""Which account bills when."""
