"""What holds for all tests: a loaded machine is no fault of the code that is tested."""

from hypothesis import HealthCheck, settings

settings.register_profile("govwatch", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("govwatch")
