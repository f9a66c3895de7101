"""Who travels how: the event's tab Transport, trips, vehicles and what comes with them."""
