"""Tricks that hide a text from filters."""
