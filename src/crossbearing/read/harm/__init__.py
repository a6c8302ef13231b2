"""Who came to harm and how many, as the rules read it: words for harm, the numbers beside them, and who is meant."""
