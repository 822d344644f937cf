"""Reading the journal and the accounts receivable it makes."""
