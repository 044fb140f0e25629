"""Properties are about results, not speed: a loaded machine must not make them fail."""

from hypothesis import settings

settings.register_profile("sceau", deadline=None)
settings.load_profile("sceau")
