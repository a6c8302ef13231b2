"""How many: what a number means, whose it is, and what counts of whole campaigns say."""
