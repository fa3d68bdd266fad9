"""Defects that only a machine's assembly line leaves behind."""
