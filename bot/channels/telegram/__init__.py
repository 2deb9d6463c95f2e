"""Telegram's Bot API, by way of python-telegram-bot: its Bot sends and reads; its updater and handlers are not used."""
