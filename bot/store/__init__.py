"""Tables, and one store per thing asked for. Functions take a session; whoever calls owns the transaction."""
