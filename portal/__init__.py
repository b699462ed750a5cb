"""The portal: where staff browse, review and decide, where units answer, and what the office files away."""
