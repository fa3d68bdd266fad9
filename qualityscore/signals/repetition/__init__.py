"""The same thing said again: duplicate lines, n-grams, paraphrase."""
