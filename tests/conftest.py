"""Stands here so that every test finds `strategies`, whichever folder is run.

A change is told from a chance find: the tests draw the same examples each time. HYPOTHESIS_PROFILE=default draws new ones.
"""

import os

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))
