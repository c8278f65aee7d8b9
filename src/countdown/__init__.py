"""countdown: how long until a film or series comes out, and how far along it is if nobody knows."""
