"""The new-media accounts of the city: what they posted, in the shapes in which sources answer."""
