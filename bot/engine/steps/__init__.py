"""What each type of step does when the conversation comes to it: one file per type."""
