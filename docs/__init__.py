"""Documentation, partly generated from the code's own metadata."""
