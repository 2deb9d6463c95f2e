"""Rasa Open Source 3.6 as an interpreter: a server of its own, spoken to over HTTP. README.md tells how to run one."""
