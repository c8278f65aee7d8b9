"""Tab completion. Like the prompt, it does without click: a person is waiting."""
