"""Tab completion, answered without click, like the prompt."""
