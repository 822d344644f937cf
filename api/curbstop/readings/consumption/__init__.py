"""What flowed between two reads, with its unit, and the proof of it."""
