"""Commands that need the site's database: start, migrate, demo, user, check, manage."""
