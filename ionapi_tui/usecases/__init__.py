"""One job, one function, called by every front end; and the one place where the parts are put together."""
