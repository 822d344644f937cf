"""Files of an account: what the customer brought, and the letters that the office sent."""
