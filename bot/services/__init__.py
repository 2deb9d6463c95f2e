"""One file per use case. Each owns its transaction; what it needs from outside is in ports.py or an argument."""
