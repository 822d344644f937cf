"""Whether the house is well: database, workers, queue, disk, backup, proof of the ledger."""
