"""Read files: kept as received, understood by a layout, taken whole or not at all."""
