"""Lists of what somebody wants to see, as other programs and sites export them. Pure, no I/O."""
