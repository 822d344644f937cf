"""What an account would take to pay in full on a day, and the letter that says so."""
