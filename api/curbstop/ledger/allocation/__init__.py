"""Which charge a credit pays, by dated orders."""
