"""Ce que l'acheteur décide de chaque candidature, avant d'inviter à remettre une offre."""

from django.db import models

from beffroi.comptes.models import Utilisateur
from beffroi.depots.models import Pli
from beffroi.journal.lignes import LigneProuvee


class DecisionSurCandidature(LigneProuvee):
    """Une candidature retenue ou non, pour un lot ou pour tout l'achat. Non retenue, elle se motive."""

    pli = models.ForeignKey(Pli, on_delete=models.PROTECT, related_name="decisions_de_selection")
    lot = models.PositiveSmallIntegerField(null=True, blank=True)
    retenue = models.BooleanField()
    motif = models.TextField(blank=True)
    prise_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    prise_le = models.DateTimeField()

    class Meta:
        ordering = ["pli", "lot"]
        constraints = [
            models.UniqueConstraint(name="une_decision_par_candidature_et_lot", fields=["pli", "lot"]),
            models.UniqueConstraint(name="une_decision_par_candidature", fields=["pli"], condition=models.Q(lot=None)),
            models.CheckConstraint(
                name="une_candidature_ecartee_sait_pourquoi",
                condition=models.Q(retenue=True) | ~models.Q(motif=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pli}, lot {self.lot} : {'retenue' if self.retenue else 'non retenue'}"
