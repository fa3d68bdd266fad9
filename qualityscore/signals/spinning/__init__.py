"""Words replaced so that a copy looks new."""
