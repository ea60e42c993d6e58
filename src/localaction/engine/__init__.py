"""How it is computed: pure Python, no Django, no network, no clock, no database."""
