"""Properties are about results, not speed: a loaded machine must not make them fail."""

from hypothesis import HealthCheck, settings

settings.register_profile("sceau", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("sceau")
