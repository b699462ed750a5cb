"""From the sightings of one walk to an observation, part by part: pure, door in crawler/observe.py."""
