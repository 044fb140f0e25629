"""Ce que l'acheteur dit une fois le contrat signé :
l'avis d'attribution, et le rapport de présentation de la procédure.
"""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from beffroi.achat.consultations.models import Consultation
from beffroi.contrat.marches.models import Marche
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.publicite.avis.models import Avis
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee


def reference_de_rapport() -> str:
    return reference_opaque("RP")


class AnnonceDAttribution(LigneProuvee):
    """Un avis d'attribution écrit ici,
    et ce que la personne a dit de plus que ce que la plateforme savait.
    """

    avis = models.OneToOneField(Avis, on_delete=models.PROTECT, related_name="annonce")
    complements = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    ecrite_le = models.DateTimeField()

    class Meta:
        ordering = ["ecrite_le", "pk"]

    def __str__(self) -> str:
        return f"Annonce {self.avis_id}"


class ContratAnnonce(LigneProuvee):
    """Un contrat dont cet avis annonce la conclusion : son délai s'arrête quand l'avis part."""

    annonce = models.ForeignKey(
        AnnonceDAttribution, on_delete=models.PROTECT, related_name="contrats"
    )
    marche = models.ForeignKey(Marche, on_delete=models.PROTECT, related_name="annonces")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="un_contrat_annonce_une_fois", fields=["annonce", "marche"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.marche_id} dans {self.annonce_id}"


class RapportDePresentation(LigneProuvee):
    """Une version du rapport (CCP, art. R. 2184-1 à R. 2184-6).

    Établie, elle ne change plus : la suivante s'ajoute.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_de_rapport)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="rapports_de_presentation"
    )
    version = models.PositiveSmallIntegerField()
    recours = models.TextField("motifs du recours à la procédure", blank=True)
    allotissement = models.TextField("motifs de ne pas allotir", blank=True)
    chiffre_d_affaires = models.TextField("motifs du chiffre d'affaires exigé", blank=True)
    hors_electronique = models.TextField("motifs d'une transmission non électronique", blank=True)
    etudes = models.TextField("mesures après des études ou échanges préalables", blank=True)
    conflits = models.TextField("conflits d'intérêts décelés, et mesures", blank=True)
    sous_traitance = models.TextField("part sous-traitée et sous-traitants", blank=True)
    autres = models.TextField("ce qu'il faut dire de plus", blank=True)
    odt = models.CharField("où est rangé l'ODT", max_length=120)
    sha256_odt = models.CharField(max_length=64)
    pdf = models.CharField("où est rangé le PDF", max_length=120)
    sha256_pdf = models.CharField(max_length=64)
    etabli_le = models.DateTimeField()
    etabli_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(
                name="une_version_du_rapport_par_numero", fields=["consultation", "version"]
            )
        ]

    def __str__(self) -> str:
        return f"Rapport de présentation, version {self.version}"


class CommunicationDuRapport(LigneProuvee):
    """Le rapport est parti à qui le contrôle (art. R. 2184-5) ou à la Commission qui l'a
    demandé (art. R. 2184-6).
    """

    class Destinataire(models.TextChoices):
        PREFET = "prefet", "Le préfet, avec les pièces du contrat"
        COMMISSION = "commission", "La Commission européenne, qui le demande"
        AUTRE = "autre", "Une autre autorité de contrôle"

    rapport = models.ForeignKey(
        RapportDePresentation, on_delete=models.PROTECT, related_name="communications"
    )
    destinataire = models.CharField(max_length=12, choices=Destinataire)
    aupres_de = models.CharField("quelle autorité", max_length=200, blank=True)
    demandee_le = models.DateField(null=True, blank=True)
    faite_le = models.DateField()
    notee_le = models.DateTimeField()
    notee_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["faite_le", "pk"]
        constraints = [
            models.CheckConstraint(
                name="une_autre_autorite_se_nomme",
                condition=~Q(destinataire="autre") | ~Q(aupres_de=""),
            ),
            models.CheckConstraint(
                name="une_communication_suit_sa_demande",
                condition=Q(demandee_le=None) | Q(faite_le__gte=models.F("demandee_le")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_destinataire_display()}, {self.faite_le}"
