"""What the office talks about: mapped classes and their rules."""
