"""What providers of live facts are asked, and what their answers say: pure, no I/O."""
