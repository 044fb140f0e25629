"""Le rapport de vérification d'un fichier ouvert, et qui a confirmé le signataire."""

from django.db import models

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.ouverture.models import FichierOuvert
from beffroi.socle.journal.lignes import LigneProuvee
from formats.signature import RapportDeSignature, Verdict, depuis_json


class VerificationDeSignature(LigneProuvee):
    """Une vérification d'un fichier. La suivante s'ajoute, elle ne corrige pas."""

    class Issue(models.TextChoices):
        NON_SIGNE = "non_signe", "Non signé"
        REUSSIE = Verdict.REUSSIE.value, Verdict.REUSSIE.en_francais
        INDETERMINEE = Verdict.INDETERMINEE.value, Verdict.INDETERMINEE.en_francais
        ECHEC = Verdict.ECHEC.value, Verdict.ECHEC.en_francais

    fichier = models.ForeignKey(
        FichierOuvert, on_delete=models.PROTECT, related_name="verifications"
    )
    document = models.ForeignKey(
        FichierOuvert,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="verifications_detachees",
        help_text="Le document que signe ce fichier, quand la signature en est détachée.",
    )
    issue = models.CharField(max_length=16, choices=Issue)
    rapport = models.JSONField()
    faite_le = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.fichier} : {self.issue}"

    @property
    def lu(self) -> RapportDeSignature:
        return depuis_json(self.rapport)

    @property
    def est_signe(self) -> bool:
        return self.issue != self.Issue.NON_SIGNE


class ConfirmationDuSignataire(LigneProuvee):
    """Une personne a regardé si le signataire peut engager l'entreprise,
    et sur quoi elle se fonde.
    """

    verification = models.ForeignKey(
        VerificationDeSignature, on_delete=models.PROTECT, related_name="confirmations"
    )
    engage = models.BooleanField(help_text="Le signataire peut engager l'entreprise.")
    fondement = models.TextField()
    confirmee_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    confirmee_le = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="une_confirmation_dit_son_fondement", condition=~models.Q(fondement="")
            ),
        ]

    def __str__(self) -> str:
        return f"signataire de {self.verification.fichier}"
