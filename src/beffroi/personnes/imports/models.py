"""Ce que tout fichier déposé pour être relu garde de lui-même.

Chaque sorte y ajoute sa référence, et ce que l'import a fait.
"""

from django.db import models

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.journal.lignes import LigneProuvee


class FichierRelu(LigneProuvee):
    """Un fichier relu avant d'être appliqué d'un seul coup, une seule fois."""

    nom = models.CharField("nom du fichier", max_length=255)
    taille = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    cle_de_stockage = models.CharField(max_length=120)
    depose_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    depose_le = models.DateTimeField()
    applique_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-depose_le", "-pk"]

    def __str__(self) -> str:
        return self.nom
