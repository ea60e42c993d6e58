"""Methods: documented calculations, each declared in a pack and implemented by one pure function."""
