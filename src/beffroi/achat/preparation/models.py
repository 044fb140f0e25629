"""La préparation d'une consultation :
des réponses, des choix motivés, et l'achat gelé à la publication.
"""

from django.db import models

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.journal.lignes import LigneProuvee


class Preparation(LigneProuvee):
    """Les réponses aux sept questions.

    Gelée, elle ne change plus : l'achat publié se relit tel qu'il était.
    """

    HORS_PREUVE = {
        "saisies": HorsPreuve(
            "ce qu'une personne a tapé et qui ne vaut pas encore réponse",
            "une réponse commencée se relirait autrement ; la réponse donnée est prouvée",
        ),
    }

    consultation = models.OneToOneField(
        Consultation, on_delete=models.PROTECT, related_name="preparation"
    )
    reponses = models.JSONField(default=dict, blank=True)
    saisies = models.JSONField(
        default=dict, blank=True, help_text="Les saisies fautives, telles quelles, par question."
    )
    reprise_de = models.CharField(
        max_length=16,
        blank=True,
        help_text="La référence de la consultation dont les réponses sont reprises.",
    )
    a_confirmer = models.JSONField(
        default=list, blank=True, help_text="Les questions reprises que personne n'a encore relues."
    )
    achat_gele = models.TextField(blank=True)
    date_de_reference = models.DateField(null=True, blank=True)
    version_des_tables = models.CharField(max_length=20, blank=True)
    empreinte_des_tables = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="achat_gele_avec_ses_tables",
                condition=models.Q(achat_gele="", date_de_reference=None, empreinte_des_tables="")
                | (
                    ~models.Q(achat_gele="")
                    & ~models.Q(empreinte_des_tables="")
                    & models.Q(date_de_reference__isnull=False)
                ),
            )
        ]

    def __str__(self) -> str:
        return f"Préparation de {self.consultation_id}"


class ChoixMotive(LigneProuvee):
    """Ce que l'acheteur a choisi à la place d'une proposition, et pourquoi.

    Le dernier choix d'une clé l'emporte.
    """

    preparation = models.ForeignKey(Preparation, on_delete=models.PROTECT, related_name="choix")
    cle = models.CharField(max_length=40)
    valeurs = models.JSONField()
    libelle = models.CharField(max_length=300)
    motif = models.TextField()
    par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()

    class Meta:
        ordering = ["-le", "-pk"]
        constraints = [
            models.CheckConstraint(name="un_choix_dit_pourquoi", condition=~models.Q(motif=""))
        ]

    def __str__(self) -> str:
        return f"{self.cle} : {self.libelle}"
