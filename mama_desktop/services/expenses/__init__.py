"""What travelling costs: rates, distances, travel grants, claims, travel orders, payments."""
