"""When: from the words for a time to the days they mean, against the day on which the page was written."""
