"""Suggestions computed by a solver: plain values in, plain values out."""
