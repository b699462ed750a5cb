"""How each kind of source of an account is read: one file a source, pure functions over its answer."""
