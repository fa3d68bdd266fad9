"""Fitting and evaluating models: the code behind our own training and behind users' labels."""
