"""Formula writing: stock phrases, even rhythm, inflated significance."""
