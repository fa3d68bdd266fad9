"""Blocks that automated writing pads an article with."""
