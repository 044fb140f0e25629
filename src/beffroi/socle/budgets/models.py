"""Ce que des personnes que rien ne nomme ont fait, le temps que cela compte."""

from django.db import models


class Depense(models.Model):
    """Un acte d'une personne sans compte : lequel, d'où, quand.

    D'où : une empreinte, jamais une adresse. Effacé dès qu'il ne compte plus.
    """

    acte = models.CharField(max_length=60)
    qui = models.CharField("empreinte d'un réseau ou d'un lien", max_length=64)
    lignes = models.PositiveSmallIntegerField("lignes au registre", default=0)
    octets = models.PositiveBigIntegerField("octets sur le disque", default=0)
    le = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(name="depense_par_acte", fields=["acte", "le"]),
            models.Index(name="depense_par_heure", fields=["le"]),
        ]

    def __str__(self) -> str:
        return f"{self.acte} {self.le}"


class CompteurPartage(models.Model):
    """Ce qu'une bibliothèque compte pour tous les nœuds ; ni clé ni valeur ne dit qui."""

    cle = models.CharField("empreinte de ce qui se compte", max_length=64, primary_key=True)
    valeur = models.TextField("du JSON")
    jusqu_a = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"compteur jusqu'au {self.jusqu_a}"
