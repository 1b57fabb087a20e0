"""The use cases, each one function that every front end calls, and ``services``, which puts the parts together."""
