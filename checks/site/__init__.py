"""Checks on a site as a whole: home page, footer, tags, links, availability."""
