"""One file per job of the desk; every view goes through queries and services that take the actor."""
