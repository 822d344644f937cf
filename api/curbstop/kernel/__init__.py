"""Pure values that every room speaks: money, units, dates, ids, errors. Imports nothing of ours."""
