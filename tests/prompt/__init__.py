"""The prompt, and what shells and status bars make of it."""
