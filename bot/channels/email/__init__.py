"""E-mail to staff, by the SMTP server of the installation."""
