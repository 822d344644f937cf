"""Plant: service points, meters with their registers, installations, deductions."""
