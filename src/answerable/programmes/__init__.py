"""What is audited: one folder per technology."""
