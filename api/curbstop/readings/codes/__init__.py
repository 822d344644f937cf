"""What the codes mean that readers leave: the district's table of them."""
