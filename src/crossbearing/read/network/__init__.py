"""The network reader: windows in, the graph's scores, and mentions, happenings, roles and attributions out."""
