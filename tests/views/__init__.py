"""Views and the formats that they are written in, without the command line."""
