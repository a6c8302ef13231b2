"""Where: from the words for a place to the place they mean, as finely as they say and no finer."""
