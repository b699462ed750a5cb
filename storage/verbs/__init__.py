"""The store's verbs, by subject. Each verb is one transaction."""
