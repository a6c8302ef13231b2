"""Stands here so that every test finds `strategies`, whichever folder is run."""
