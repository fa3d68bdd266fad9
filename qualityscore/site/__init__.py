"""Analysis of whole sites from the records of their pages."""
