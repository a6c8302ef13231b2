"""When a page was written: what it shows of itself, what it says, and the published series that its figures fit into."""
