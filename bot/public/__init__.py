"""Pages that anybody may read, without account, cookies or scripts: the programme, its poster, and calendars to subscribe to."""
