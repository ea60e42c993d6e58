"""Which frameworks places report on, and the ranges their figures are compared with."""
