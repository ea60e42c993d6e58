"""People, sign-in and rights: Scope is what rights hang on, Grant gives a role on one."""
