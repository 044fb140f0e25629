"""Une page de séance ne se garde nulle part, et sa réponse ne porte pas d'heure qui la distinguerait d'une autre."""

from django.views.decorators.cache import cache_control

jamais_gardee = cache_control(private=True, no_store=True)
