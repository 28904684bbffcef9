"""Tables, the statements over them and the step's unit of work. Never a network call inside."""
