"""L'archive d'un adhérent : demandée, établie, reçue ; ce qui s'efface ensuite ;
ce qui est repris d'ailleurs.
"""

from django.db import models
from django.db.models import Q

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee


def reference_de_restitution() -> str:
    return reference_opaque("RS")


def reference_de_reprise() -> str:
    return reference_opaque("RP")


class Restitution(LigneProuvee):
    """Tout ce qui est à un organisme, en une archive.

    Établie, elle ne change plus : une autre s'ajoute.
    """

    HORS_PREUVE = {
        "faites": HorsPreuve(
            "où en est l'ouvrier", "l'archive se referait ; ce qu'elle contient est prouvé"
        ),
        "a_faire": HorsPreuve(
            "où en est l'ouvrier", "l'archive se referait ; ce qu'elle contient est prouvé"
        ),
    }

    class Etat(models.TextChoices):
        DEMANDEE = "demandee", "En préparation"
        ETABLIE = "etablie", "Prête"
        REFUSEE = "refusee", "Arrêtée"
        RECUE = "recue", "Reçue"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_restitution)
    organisme = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="restitutions")
    etat = models.CharField(max_length=8, choices=Etat, default=Etat.DEMANDEE)
    demandee_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    demandee_le = models.DateTimeField()
    faites = models.PositiveIntegerField("consultations copiées", default=0)
    a_faire = models.PositiveIntegerField("consultations à copier", default=0)
    finie_le = models.DateTimeField(null=True, blank=True)
    refus = models.CharField("pourquoi elle ne s'est pas faite", max_length=600, blank=True)
    cle_de_stockage = models.CharField(max_length=120, blank=True)
    taille = models.PositiveBigIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    manifeste = models.CharField("SHA-256 du manifeste", max_length=64, blank=True)
    cle_de_l_inventaire = models.CharField(max_length=120, blank=True)
    sha256_de_l_inventaire = models.CharField(max_length=64, blank=True, default="")
    recue_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recue_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-demandee_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_restitution_en_preparation",
                fields=["organisme"],
                condition=Q(etat="demandee"),
            ),
            models.CheckConstraint(
                name="une_restitution_etablie_a_ses_octets",
                condition=(
                    Q(etat__in=["etablie", "recue"], finie_le__isnull=False, taille__gt=0)
                    & ~Q(sha256="")
                    & ~Q(cle_de_stockage="")
                    & ~Q(manifeste="")
                )
                | (Q(etat__in=["demandee", "refusee"]) & Q(cle_de_stockage="")),
            ),
            models.CheckConstraint(
                name="une_restitution_arretee_dit_pourquoi",
                condition=~Q(etat="refusee") | ~Q(refus=""),
            ),
            models.CheckConstraint(
                name="une_reception_a_son_heure",
                condition=Q(etat="recue", recue_le__isnull=False, recue_par__isnull=False)
                | (~Q(etat="recue") & Q(recue_le=None, recue_par=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def nom(self) -> str:
        return f"restitution-{self.organisme.siret}-{self.reference}.zip"


class Reprise(LigneProuvee):
    """Une archive venue d'une autre plateforme, vérifiée puis gardée :
    elle se lit ici, et ne change pas.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_de_reprise)
    siren = models.CharField(max_length=9)
    siret = models.CharField(max_length=14)
    nom = models.CharField(max_length=200)
    manifeste = models.CharField("SHA-256 du manifeste", max_length=64, unique=True)
    origine = models.CharField("plateforme d'où elle vient", max_length=200)
    cle_d_origine = models.CharField("clé publique de son journal", max_length=200)
    restitution = models.CharField("sa référence là-bas", max_length=40)
    etablie_le = models.DateTimeField()
    reprise_le = models.DateTimeField()
    # L'organisme l'avait déjà reprise sur la plateforme d'où vient cette autre archive,
    # et l'a emportée avec elle.
    avec = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="apportees"
    )

    class Meta:
        ordering = ["-reprise_le", "-pk"]

    def __str__(self) -> str:
        return self.reference


class ConsultationReprise(LigneProuvee):
    """Une consultation passée ailleurs : ses faits en JSON, ses pièces, son registre."""

    reprise = models.ForeignKey(Reprise, on_delete=models.PROTECT, related_name="consultations")
    reference = models.CharField(max_length=16)
    titre = models.CharField(max_length=200)
    finie = models.BooleanField()
    faits = models.JSONField()

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.UniqueConstraint(name="une_fois_par_reprise", fields=["reprise", "reference"]),
        ]

    def __str__(self) -> str:
        return self.titre


class FichierRepris(LigneProuvee):
    """Un fichier repris, octet pour octet."""

    rang = models.PositiveIntegerField()
    titre = models.CharField(max_length=600)
    sorte = models.CharField(max_length=60)
    etape = models.CharField(max_length=40)
    nom = models.CharField(max_length=255)
    le = models.DateTimeField(null=True, blank=True)
    taille = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    cle_de_stockage = models.CharField(max_length=120)

    class Meta:
        abstract = True
        ordering = ["rang"]

    def __str__(self) -> str:
        return self.titre


class PieceReprise(FichierRepris):
    """Une pièce d'une consultation reprise."""

    consultation = models.ForeignKey(
        ConsultationReprise, on_delete=models.PROTECT, related_name="pieces"
    )

    class Meta(FichierRepris.Meta):
        constraints = [
            models.UniqueConstraint(
                name="un_rang_par_piece_reprise", fields=["consultation", "rang"]
            )
        ]


class PieceHorsConsultation(FichierRepris):
    """Ce que l'archive tenait sans consultation :
    un contrat inscrit seul, une convention, une contribution, une violation.
    """

    reprise = models.ForeignKey(Reprise, on_delete=models.PROTECT, related_name="pieces")

    class Meta(FichierRepris.Meta):
        constraints = [
            models.UniqueConstraint(
                name="un_rang_par_piece_de_la_reprise", fields=["reprise", "rang"]
            )
        ]
