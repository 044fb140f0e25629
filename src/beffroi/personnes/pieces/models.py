"""Les pièces qu'une entreprise garde pour ne pas les redonner à chaque
réponse, et leurs versions.
"""

from django.db import models

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe
from beffroi.socle.fondations.references import reference_opaque
from droit.pieces_de_candidature import Sorte


def reference_de_piece() -> str:
    return reference_opaque("PE")


def reference_de_version() -> str:
    return reference_opaque("VP", 12)


class PieceDEntreprise(models.Model):
    """Une pièce d'un établissement : ce qu'elle est ne change pas, son fichier se remplace."""

    reference = models.CharField(max_length=16, unique=True, default=reference_de_piece)
    equipe = models.ForeignKey(Equipe, on_delete=models.PROTECT, related_name="+")
    # Une clé de `droit.pieces_de_candidature` :
    # une ligne de plus dans la table ne change rien à la base.
    sorte = models.CharField(max_length=16)
    intitule = models.CharField(max_length=120)
    creee_le = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="une_piece_d_entreprise_a_un_nom", condition=~models.Q(intitule="")
            )
        ]

    def __str__(self) -> str:
        return self.intitule

    @property
    def nom_de_sa_sorte(self) -> str:
        return Sorte(self.sorte).label


class VersionDePiece(models.Model):
    """Un fichier, chiffré au stockage.

    Une seule version est en cours ; les autres restent jusqu'à ce qu'on les supprime.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_de_version)
    piece = models.ForeignKey(PieceDEntreprise, on_delete=models.PROTECT, related_name="versions")
    nom = models.CharField("nom du fichier", max_length=255)
    taille = models.PositiveBigIntegerField("octets du fichier clair")
    sha256 = models.CharField("empreinte du fichier clair", max_length=64)
    cle_de_stockage = models.CharField(max_length=120)
    datee_du = models.DateField(null=True, blank=True)
    valable_jusqu_au = models.DateField(null=True, blank=True)
    ajoutee_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    ajoutee_le = models.DateTimeField()
    remplacee_le = models.DateTimeField(null=True, blank=True)
    rappel = models.PositiveSmallIntegerField(
        "jours avant la fin du dernier rappel écrit", null=True, blank=True
    )

    class Meta:
        ordering = ["-ajoutee_le", "-pk"]
        indexes = [models.Index(name="fin_de_validite", fields=["valable_jusqu_au"])]
        constraints = [
            models.UniqueConstraint(
                name="une_version_en_cours_par_piece",
                fields=["piece"],
                condition=models.Q(remplacee_le=None),
            ),
            models.CheckConstraint(
                name="une_version_de_piece_n_est_pas_vide", condition=models.Q(taille__gt=0)
            ),
            models.CheckConstraint(
                name="une_piece_ne_finit_pas_avant_sa_date",
                condition=models.Q(datee_du=None)
                | models.Q(valable_jusqu_au=None)
                | models.Q(valable_jusqu_au__gte=models.F("datee_du")),
            ),
        ]

    def __str__(self) -> str:
        return self.nom
