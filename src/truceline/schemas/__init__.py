"""What the service gives and what a program gets: one description for both sides."""
