"""Ce que l'API retient d'un acte pour ne pas le refaire."""

from django.db import models

from beffroi.personnes.comptes.models import Utilisateur


class ActeParCle(models.Model):
    """Une clé d'idempotence déjà servie :
    la même demande redonne le même objet, une autre est refusée.
    """

    utilisateur = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    cle = models.CharField(max_length=80)
    demande = models.CharField("l'empreinte de ce qui était demandé", max_length=64)
    sujet = models.CharField("la référence de ce qui est né", max_length=16)
    le = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="une_cle_par_personne", fields=["utilisateur", "cle"])
        ]

    def __str__(self) -> str:
        return f"{self.cle} : {self.sujet}"
