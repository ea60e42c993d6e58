"""One file per job of the desk; each view checks its reader through a query or service that takes the actor."""
