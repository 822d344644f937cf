"""Statements of posted bills: kept as printed, sent in mail order."""
