"""Who travels how: legs, trips, stops, seats, and what is suggested for them."""
