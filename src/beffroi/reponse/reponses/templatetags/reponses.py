"""Ce que plusieurs pages annoncent du dépôt, écrit une fois :
les limites, les navigateurs qui savent sceller.
"""

from django import template

from beffroi.reponse.depots import limits
from beffroi.reponse.reponses.rules import navigateurs

register = template.Library()


@register.simple_tag
def limites() -> dict[str, int]:
    """`{% limites as limites %}`, puis `{{ limites.octets_par_reponse|taille }}`."""
    return limits.annonce()


@register.simple_tag
def navigateurs_qui_scellent() -> str:
    return navigateurs.phrase()
