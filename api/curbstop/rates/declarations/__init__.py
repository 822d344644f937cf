"""What the board declares, and the weather and winter use that some rates depend on."""
