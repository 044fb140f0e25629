"""Un document occulté, le temps d'être enregistré par qui l'a demandé."""

from django.db import models

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.references import reference_opaque


def reference_de_document() -> str:
    return reference_opaque("DO", 12)


class DocumentOcculte(models.Model):
    """Le résultat, chiffré, pour une heure.

    Du fichier d'origine, rien n'est gardé que l'empreinte.
    """

    reference = models.CharField(max_length=20, unique=True, default=reference_de_document)
    demande_par = models.ForeignKey(Utilisateur, on_delete=models.CASCADE, related_name="+")
    nom = models.CharField("nom du fichier rendu", max_length=255)
    pages = models.PositiveIntegerField()
    taille = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    sha256_d_origine = models.CharField(max_length=64)
    cle_de_stockage = models.CharField(max_length=120)
    # Les mots ôtés n'y sont que par leur rang : les écrire ici redirait ce que l'on ôte.
    comptes = models.JSONField(default=list)
    a_regarder = models.JSONField(default=list)
    fait_le = models.DateTimeField()
    expire_le = models.DateTimeField()

    class Meta:
        ordering = ["-fait_le", "-pk"]

    def __str__(self) -> str:
        return self.reference
