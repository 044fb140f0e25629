"""Ce que Beffroi change à la gestion des comptes d'allauth : presque rien."""

from allauth.account.adapter import DefaultAccountAdapter


class CompteAdapter(DefaultAccountAdapter):
    """L'adaptateur de compte."""
