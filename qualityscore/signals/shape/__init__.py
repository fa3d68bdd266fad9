"""Readability and the shape of the text, as corpus filters measure it."""
