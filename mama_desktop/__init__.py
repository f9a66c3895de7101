"""MaMa Desktop: events, registrations, attendance and papers for offices of youth work."""

__version__ = "0.1.0"
