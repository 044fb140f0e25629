"""L'engagement d'un titulaire, dans un accord-cadre qui en a plusieurs :
son offre, son acte signé, sa notification.
"""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q

from beffroi.choix.echanges.models import Exemplaire
from beffroi.contrat.marches.models import Marche, PieceDuMarche
from beffroi.reponse.depots.models import Pli
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee


def reference_d_engagement() -> str:
    return reference_opaque("EN")


def _fichier(libelle: str) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        PieceDuMarche,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=libelle,
    )


class Engagement(LigneProuvee):
    """Né avec le contrat, un par titulaire. Signé ou reçu, ce qu'il dit ne change plus."""

    reference = models.CharField(max_length=16, unique=True, default=reference_d_engagement)
    marche = models.ForeignKey(Marche, on_delete=models.PROTECT, related_name="engagements")
    rang = models.PositiveSmallIntegerField("sa place parmi les titulaires")
    siret = models.CharField(
        "SIRET, ou identifiant étranger ; en groupement, celui du mandataire", max_length=18
    )
    nom = models.CharField(max_length=200)
    # Vide pour un contrat qui n'est pas né d'une consultation d'ici.
    pli = models.ForeignKey(
        Pli, null=True, blank=True, on_delete=models.PROTECT, related_name="engagements"
    )
    montant = models.DecimalField(
        "montant de son offre, hors taxes", max_digits=14, decimal_places=2
    )
    titulaire_le = models.DateField("signé par le titulaire le", null=True, blank=True)
    exemplaire_du_titulaire = _fichier("l'exemplaire que le titulaire a signé")
    acheteur_le = models.DateField("signé par l'acheteur le", null=True, blank=True)
    exemplaire_signe = _fichier("l'exemplaire signé des deux parties")
    notification = models.ForeignKey(
        Exemplaire,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="par la messagerie",
    )
    envoyee_le = models.DateField("notification envoyée le", null=True, blank=True)
    recue_le = models.DateField("notification reçue le", null=True, blank=True)

    class Meta:
        ordering = ["marche", "rang"]
        constraints = [
            models.UniqueConstraint(name="un_engagement_par_rang", fields=["marche", "rang"]),
            models.UniqueConstraint(name="un_engagement_par_titulaire", fields=["marche", "siret"]),
            models.CheckConstraint(
                name="un_engagement_a_un_montant", condition=Q(montant__gt=Decimal(0))
            ),
            models.CheckConstraint(
                name="un_engagement_signe_garde_son_exemplaire",
                condition=Q(titulaire_le=None, exemplaire_du_titulaire=None)
                | Q(titulaire_le__isnull=False, exemplaire_du_titulaire__isnull=False),
            ),
            models.CheckConstraint(
                name="l_acheteur_signe_apres_le_titulaire",
                condition=Q(acheteur_le=None, exemplaire_signe=None)
                | Q(
                    acheteur_le__gte=F("titulaire_le"),
                    titulaire_le__isnull=False,
                    exemplaire_signe__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="un_engagement_se_recoit_une_fois_signe",
                condition=Q(recue_le=None)
                | Q(recue_le__gte=F("acheteur_le"), acheteur_le__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nom}, {self.marche.numero}"
