"""Ce qu'une collectivité renvoie par son lien, avant d'avoir un compte :
sa délibération, l'exemplaire qu'elle a signé.
"""

from django.db import models
from django.db.models import F, Q

from beffroi.centre.conventions.models import Convention
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee


def reference_d_apport() -> str:
    return reference_opaque("AP")


class Apport(LigneProuvee):
    """Un fichier renvoyé, que le centre de gestion regarde avant qu'il vaille.

    Un autre le remplace tant qu'il attend.
    """

    class Sorte(models.TextChoices):
        DELIBERATION = "deliberation", "Délibération"
        EXEMPLAIRE = "exemplaire", "Exemplaire signé"

    class Issue(models.TextChoices):
        RETENU = "retenu", "Retenu"
        ECARTE = "ecarte", "À refaire"
        REMPLACE = "remplace", "Remplacé"
        SANS_OBJET = "sans_objet", "Sans objet"

    reference = models.CharField(max_length=16, unique=True, default=reference_d_apport)
    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="apports")
    sorte = models.CharField(max_length=12, choices=Sorte)
    de = models.CharField("qui l'a renvoyé", max_length=120)
    numero = models.CharField("numéro de la délibération", max_length=60, blank=True)
    date = models.DateField("date de la délibération, ou de la signature")
    executoire_le = models.DateField("exécutoire le", null=True, blank=True)
    nom = models.CharField("nom du fichier", max_length=255)
    taille = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    cle_de_stockage = models.CharField(max_length=120)
    recu_le = models.DateTimeField("reçu le")
    issue = models.CharField(max_length=10, choices=Issue, blank=True)
    motif = models.TextField("pourquoi il est à refaire", blank=True)
    traite_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    traite_le = models.DateTimeField("traité le", null=True, blank=True)

    class Meta:
        ordering = ["-recu_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="un_apport_attend_a_la_fois",
                fields=["convention", "sorte"],
                condition=Q(issue=""),
            ),
            models.CheckConstraint(
                name="une_deliberation_renvoyee_a_son_numero_et_ses_dates",
                condition=~Q(sorte="deliberation")
                | (
                    ~Q(numero="") & Q(executoire_le__isnull=False) & Q(executoire_le__gte=F("date"))
                ),
            ),
            models.CheckConstraint(
                name="un_apport_a_refaire_dit_pourquoi", condition=~Q(issue="ecarte") | ~Q(motif="")
            ),
            models.CheckConstraint(
                name="un_apport_traite_a_son_heure",
                condition=Q(issue="", traite_le=None) | (~Q(issue="") & Q(traite_le__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def attend(self) -> bool:
        return not self.issue
