"""Les copies de sauvegarde ouvertes : pourquoi, par qui, et ce qui en est sorti."""

from django.db import models

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe
from beffroi.reponse.depots.models import DepotMateriel
from beffroi.seance.antivirus.models import Levee, PassageDeLAntivirus, contraintes_de_l_analyse
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee


def reference_de_fichier_de_copie() -> str:
    return reference_opaque("K", 16)


class OuvertureDeCopie(LigneProuvee):
    """Une copie s'ouvre une fois, pour une raison du texte (CCP, annexe 6, art. 2, II)."""

    REPRISES = {"equipe_id": "s'appelait etablissement_id"}

    class Cas(models.TextChoices):
        MALVEILLANCE = "malveillance", "Programme malveillant"
        INCOMPLETE = "incomplete", "Réponse électronique incomplète"
        HORS_DELAI = "hors_delai", "Réponse électronique tardive"
        NON_OUVERTE = "non_ouverte", "Réponse électronique qui ne s'ouvre pas"

    depot = models.OneToOneField(
        DepotMateriel, on_delete=models.PROTECT, related_name="ouverture_de_copie"
    )
    equipe = models.ForeignKey(Equipe, on_delete=models.PROTECT, related_name="+")
    cas = models.CharField(max_length=12, choices=Cas)
    motif = models.TextField()
    transmission_commencee_le = models.DateTimeField()
    ouverte_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    ouverte_le = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="une_copie_ouverte_se_motive", condition=~models.Q(motif="")
            )
        ]

    def __str__(self) -> str:
        return f"copie de {self.depot.deposant}"


class FichierDeCopie(LigneProuvee):
    """Un fichier sorti de la copie, tel que l'acheteur l'a remis ici."""

    reference = models.CharField(max_length=24, unique=True, default=reference_de_fichier_de_copie)
    ouverture = models.ForeignKey(
        OuvertureDeCopie, on_delete=models.PROTECT, related_name="fichiers"
    )
    nom = models.CharField(max_length=255)
    taille = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    cle_de_stockage = models.CharField(max_length=120)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.nom


class AnalyseDeFichierDeCopie(PassageDeLAntivirus):
    """Un passage de l'antivirus sur un fichier d'une copie ouverte."""

    fichier = models.ForeignKey(FichierDeCopie, on_delete=models.PROTECT, related_name="analyses")

    class Meta:
        ordering = ["pk"]
        constraints = contraintes_de_l_analyse("fichier_de_copie")

    def __str__(self) -> str:
        return f"{self.fichier} : {self.etat}"


class LeveeDeQuarantaineDeCopie(Levee):
    analyse = models.OneToOneField(
        AnalyseDeFichierDeCopie, on_delete=models.PROTECT, related_name="levee"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="une_levee_de_copie_se_motive", condition=~models.Q(motif="")
            )
        ]

    def __str__(self) -> str:
        return f"quarantaine levée : {self.analyse.fichier}"
