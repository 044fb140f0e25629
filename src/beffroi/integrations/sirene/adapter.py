"""Sirene, si l'exploitant l'a reliée."""

from django.conf import settings

from beffroi.personnes.entreprises.ports import Sirene


def annuaire() -> Sirene | None:
    """D'office, aucun : les noms se tapent, et rien ne part."""
    if not settings.SIRENE:
        return None
    # Le client du réseau se charge lentement : la première inscription ne l'attend pas pour rien.
    from beffroi.integrations.sirene.client import RechercheDEntreprises

    return RechercheDEntreprises(settings.SIRENE)
