"""Qui, au centre, lit les recettes et les tient ; qui, chez l'adhérent, lit son relevé."""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir_les_recettes": frozenset({Role.GESTIONNAIRE, Role.ORDONNATEUR, Role.COMPTABLE}),
    "tenir_les_recettes": frozenset({Role.COMPTABLE}),
    # Chez l'adhérent.
    "lire_son_releve": frozenset(
        {Role.REDACTEUR, Role.VALIDEUR, Role.OUVREUR, Role.LECTEUR, Role.ADMINISTRATEUR}
    ),
}
