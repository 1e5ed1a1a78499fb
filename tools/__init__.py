"""Programs for people who work on the warehouse; nothing here runs in production."""
