"""What travelling costs: travel orders, claims, payments, grants."""
