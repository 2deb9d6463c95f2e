"""Ways in and out. Each channel has the same files: inbound, outbound, webhook."""
