"""Les refus propres aux entreprises."""

from beffroi.socle.fondations.erreurs import RoleManquant


class SansEntreprise(RoleManquant):
    """La personne est connectée, mais n'agit pour aucune entreprise."""

    def __init__(self) -> None:
        super().__init__(
            "Votre compte n'agit encore pour aucune entreprise. "
            "Ajoutez la vôtre à la page « Mon entreprise » : il faut son SIRET."
        )
