"""Une remise en concurrence :
quel accord-cadre, quelle consultation réservée, et ce que l'accord-cadre fixe déjà.
"""

from django.db import models

from beffroi.achat.consultations.models import Consultation
from beffroi.contrat.marches.models import Marche, somme_ht
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee


def reference_de_remise() -> str:
    return reference_opaque("RM", 12)


class RemiseEnConcurrence(LigneProuvee):
    """Les titulaires d'un accord-cadre consultés par écrit pour un marché subséquent (CCP,
    art. R. 2162-9 et R. 2162-10).
    """

    reference = models.CharField(max_length=20, unique=True, default=reference_de_remise)
    consultation = models.OneToOneField(
        Consultation, on_delete=models.PROTECT, related_name="remise_en_concurrence"
    )
    accord_cadre = models.ForeignKey(
        Marche, on_delete=models.PROTECT, related_name="remises_en_concurrence"
    )
    besoin = models.TextField()
    criteres = models.TextField("critères, tels que l'accord-cadre les fixe")
    estimation = somme_ht("estimation, hors taxes", null=True, blank=True)
    ouverte_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    ouverte_le = models.DateTimeField()

    class Meta:
        ordering = ["-ouverte_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="une_remise_dit_son_besoin_et_ses_criteres",
                condition=~models.Q(besoin="") & ~models.Q(criteres=""),
            )
        ]

    def __str__(self) -> str:
        return self.reference
