"""Ce que la page du centre montre :
la dernière sauvegarde, le dernier essai de restauration, et s'ils tardent.
"""

from beffroi.service.restaurations.models import EssaiDeRestauration, Sauvegarde


def derniere_sauvegarde() -> Sauvegarde | None:
    return Sauvegarde.objects.order_by("-commencee_le").first()


def dernier_essai_de_restauration() -> EssaiDeRestauration | None:
    """Réussi ou non : `reussi`, `faute`, `restauration_ms`,
    `verification_ms`, `perte`, `ecritures_perdues`.
    """
    return EssaiDeRestauration.objects.order_by("-commence_le").first()
