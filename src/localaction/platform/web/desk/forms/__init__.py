"""Forms of the desk. They keep what was typed; what it means is judged by the services alone."""
