"""SMS by way of Twilio."""
