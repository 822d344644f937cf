"""Everything that is known of the reads of one register."""
