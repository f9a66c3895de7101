"""Where it is kept: the database, its journal, backups and upgrades."""
