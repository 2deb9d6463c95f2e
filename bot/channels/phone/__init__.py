"""The phone simulator: stands in for SMS and Telegram on the server's own machine, so that everything can be tried with no account."""
