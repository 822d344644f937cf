"""Figures of reading by month, walk and reader."""
