"""The server: routes, security, sessions, the processes beside it."""
