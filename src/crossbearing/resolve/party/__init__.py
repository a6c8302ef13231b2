"""Who: from the words for an actor or a voice to an entry of the registry, a state's forces, or the words as they are."""
