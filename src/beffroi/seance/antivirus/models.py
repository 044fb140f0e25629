"""Ce que l'antivirus a dit de chaque fichier ouvert, et qui a levé une quarantaine."""

from django.db import models

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.ouverture.models import FichierOuvert
from beffroi.socle.journal.lignes import LigneProuvee


def contraintes_de_l_analyse(quoi: str) -> list[models.BaseConstraint]:
    """`quoi` nomme ce qui est lu : chaque table a les siennes."""
    return [
        models.CheckConstraint(
            name=f"un_{quoi}_infecte_dit_sa_menace",
            condition=(models.Q(etat="infecte") & ~models.Q(menace=""))
            | (~models.Q(etat="infecte") & models.Q(menace="")),
        ),
        models.CheckConstraint(
            name=f"un_{quoi}_non_analyse_dit_pourquoi",
            condition=~models.Q(etat="non_analyse", motif=""),
        ),
    ]


class PassageDeLAntivirus(LigneProuvee):
    """Un passage de l'antivirus sur un fichier, d'où qu'il vienne.

    Le suivant s'ajoute, il ne corrige pas.
    """

    class Etat(models.TextChoices):
        SAIN = "sain", "Sain"
        INFECTE = "infecte", "Infecté"
        NON_ANALYSE = "non_analyse", "Non analysé"

    etat = models.CharField(max_length=12, choices=Etat)
    menace = models.CharField(max_length=200, blank=True)
    motif = models.CharField(max_length=200, blank=True)
    moteur = models.CharField(
        max_length=120, blank=True, help_text="Le moteur et la date de ses signatures."
    )
    faite_le = models.DateTimeField()

    class Meta:
        abstract = True


class Levee(LigneProuvee):
    """Une personne a décidé qu'un fichier dit infecté peut se lire, et pourquoi."""

    motif = models.TextField()
    levee_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    levee_le = models.DateTimeField()

    class Meta:
        abstract = True


class AnalyseDeFichier(PassageDeLAntivirus):
    """Un passage sur un fichier d'une réponse ouverte."""

    fichier = models.ForeignKey(FichierOuvert, on_delete=models.PROTECT, related_name="analyses")

    class Meta:
        ordering = ["pk"]
        constraints = contraintes_de_l_analyse("fichier")

    def __str__(self) -> str:
        return f"{self.fichier} : {self.etat}"


class LeveeDeQuarantaine(Levee):
    analyse = models.OneToOneField(AnalyseDeFichier, on_delete=models.PROTECT, related_name="levee")

    class Meta:
        constraints = [
            models.CheckConstraint(name="une_levee_se_motive", condition=~models.Q(motif="")),
        ]

    def __str__(self) -> str:
        return f"quarantaine levée : {self.analyse.fichier}"
