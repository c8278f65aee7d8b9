"""What the user has seen change, and which reminders were sent: a database that is kept."""
