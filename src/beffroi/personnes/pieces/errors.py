"""Le refus propre aux pièces : une personne que ses collègues n'ont pas encore reconnue."""

from beffroi.socle.fondations.erreurs import RoleManquant


class AConfirmer(RoleManquant):
    """La personne agit pour l'établissement, mais n'en partage encore rien."""

    def __init__(self) -> None:
        super().__init__(
            "Les pièces d'une entreprise ne se partagent qu'entre collègues confirmés. "
            "Demandez à l'un des vôtres de vous confirmer, à sa page « Mon entreprise »."
        )
