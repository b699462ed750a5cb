"""Check modules: one file a check, in a folder a subject. The folder is the registry."""
