"""Ce qu'une personne du centre propose, et ce qu'une autre en a fait."""

from django.db import models
from django.db.models import F, Q

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee


def reference_de_proposition() -> str:
    return reference_opaque("PD")


class Proposition(LigneProuvee):
    """Un acte qui engage, en attente de la seconde personne ; puis ce qu'elle en a décidé.

    `acte` et `sujet` disent lequel, sur quoi : « impaye.finir », « IM-… ». Retenue, elle vaut pour
    un seul acte, fait dans la même transaction.
    """

    class Issue(models.TextChoices):
        RETENUE = "retenue", "Décidée"
        ECARTEE = "ecartee", "Écartée"
        SANS_OBJET = "sans_objet", "Sans objet"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_proposition)
    acte = models.CharField(max_length=60)
    sujet = models.CharField("référence de ce qu'elle touche", max_length=40)
    siret = models.CharField("organisme touché", max_length=14, blank=True)
    titre = models.CharField("ce qui serait fait", max_length=300)
    page = models.CharField("où elle se décide", max_length=200)
    motif = models.TextField("pourquoi")
    # Ce que l'acte demande de plus : des dates, une somme, la référence d'une preuve déjà gardée.
    donnees = models.JSONField(default=dict, blank=True)
    proposee_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    proposee_le = models.DateTimeField()
    issue = models.CharField(max_length=10, choices=Issue, blank=True)
    tranchee_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    tranchee_le = models.DateTimeField(null=True, blank=True)
    motif_d_ecart = models.TextField("pourquoi elle est écartée", blank=True)

    class Meta:
        ordering = ["proposee_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_proposition_ouverte_par_acte_et_par_sujet",
                fields=["acte", "sujet"],
                condition=Q(issue=""),
            ),
            models.CheckConstraint(
                name="une_proposition_se_tranche_a_son_heure",
                condition=Q(issue="", tranchee_le=None) | (~Q(issue="") & ~Q(tranchee_le=None)),
            ),
            models.CheckConstraint(
                name="qui_propose_ne_decide_pas",
                condition=~Q(issue="retenue")
                | (Q(tranchee_par__isnull=False) & ~Q(tranchee_par=F("proposee_par"))),
            ),
            models.CheckConstraint(
                name="une_proposition_ecartee_dit_pourquoi",
                condition=~Q(issue="ecartee")
                | (Q(tranchee_par__isnull=False) & ~Q(motif_d_ecart="")),
            ),
        ]

    def __str__(self) -> str:
        return self.titre

    @property
    def est_ouverte(self) -> bool:
        return not self.issue
