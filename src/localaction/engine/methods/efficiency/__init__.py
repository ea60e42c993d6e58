"""Methods for efficiency: comparing the use of a resource before and after."""
