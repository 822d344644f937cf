"""Winter averages: each sewer customer's winter use, worked out from the bills of that winter."""
