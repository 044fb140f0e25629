"""Ce qui est gelé, ce qui est mis en paquet, ce qui s'élimine sous visa."""

from django.db import models
from django.db.models import Q

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee
from formats.seda import D_OFFICE, VERSIONS


def reference_de_gel() -> str:
    return reference_opaque("GE")


def reference_de_paquet() -> str:
    return reference_opaque("PQ")


def reference_d_elimination() -> str:
    return reference_opaque("EL")


class Gel(LigneProuvee):
    """Une raison de ne rien éliminer d'une consultation : un recours, un contrôle, une enquête.

    Levé, il reste lisible.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_de_gel)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="gels")
    motif = models.CharField(max_length=300)
    pose_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    pose_le = models.DateTimeField()
    leve_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    leve_le = models.DateTimeField(null=True, blank=True)
    motif_de_la_levee = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-pose_le", "-pk"]
        constraints = [
            models.CheckConstraint(name="un_gel_se_motive", condition=~Q(motif="")),
            models.CheckConstraint(
                name="un_gel_leve_dit_pourquoi",
                condition=Q(leve_le=None, leve_par=None, motif_de_la_levee="")
                | (Q(leve_le__isnull=False, leve_par__isnull=False) & ~Q(motif_de_la_levee="")),
            ),
        ]

    def __str__(self) -> str:
        return self.motif


class Paquet(LigneProuvee):
    """Un paquet d'archives d'une consultation, au standard SEDA.

    Établi, il ne change plus : un autre s'ajoute.
    """

    HORS_PREUVE = {
        "faites": HorsPreuve(
            "où en est l'ouvrier", "le paquet se referait ; ce qu'il contient est prouvé"
        ),
        "a_faire": HorsPreuve(
            "où en est l'ouvrier", "le paquet se referait ; ce qu'il contient est prouvé"
        ),
    }

    class Etat(models.TextChoices):
        DEMANDE = "demande", "En préparation"
        ETABLI = "etabli", "Établi"
        REFUSE = "refuse", "Arrêté"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_paquet)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="paquets")
    version = models.CharField(
        "version du SEDA", max_length=4, choices=[(v, v) for v in VERSIONS], default=D_OFFICE
    )
    etat = models.CharField(max_length=8, choices=Etat, default=Etat.DEMANDE)
    demande_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    demande_le = models.DateTimeField()
    faites = models.PositiveIntegerField("pièces copiées", default=0)
    a_faire = models.PositiveIntegerField("pièces à copier", default=0)
    fini_le = models.DateTimeField(null=True, blank=True)
    refus = models.CharField("pourquoi il ne s'est pas fait", max_length=600, blank=True)
    cle_de_stockage = models.CharField(max_length=120, blank=True)
    taille = models.PositiveBigIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-demande_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="un_paquet_en_preparation",
                fields=["consultation"],
                condition=Q(etat="demande"),
            ),
            models.CheckConstraint(
                name="un_paquet_etabli_a_ses_octets",
                condition=Q(etat="etabli", fini_le__isnull=False, taille__gt=0)
                & ~Q(sha256="")
                & ~Q(cle_de_stockage="")
                | ~Q(etat="etabli") & Q(cle_de_stockage=""),
            ),
            models.CheckConstraint(
                name="un_paquet_arrete_dit_pourquoi", condition=~Q(etat="refuse") | ~Q(refus="")
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def nom(self) -> str:
        return f"archives-{self.consultation.reference}-{self.reference}.zip"


class Elimination(LigneProuvee):
    """Un bordereau d'élimination :
    une liste arrêtée, puis visée, puis détruite (code du patrimoine, L. 212-2).
    """

    class Etat(models.TextChoices):
        A_VISER = "a_viser", "En attente du visa"
        VISEE = "visee", "Visée"
        DETRUITE = "detruite", "Détruite"
        ABANDONNEE = "abandonnee", "Abandonnée"

    reference = models.CharField(max_length=16, unique=True, default=reference_d_elimination)
    organisme = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="eliminations")
    etat = models.CharField(max_length=12, choices=Etat, default=Etat.A_VISER)
    etablie_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    etablie_le = models.DateTimeField()
    empreinte = models.CharField("SHA-256 de la liste", max_length=64)
    restitution = models.CharField("archive que l'organisme a reçue", max_length=16, blank=True)
    signataire = models.CharField("qui a visé", max_length=200, blank=True)
    date_du_visa = models.DateField(null=True, blank=True)
    nom_du_visa = models.CharField(max_length=255, blank=True)
    sha256_du_visa = models.CharField(max_length=64, blank=True)
    cle_du_visa = models.CharField(max_length=120, blank=True)
    taille_du_visa = models.PositiveBigIntegerField(null=True, blank=True)
    visee_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    visee_le = models.DateTimeField("visa déposé le", null=True, blank=True)
    detruite_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    detruite_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-etablie_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="une_elimination_visee_a_son_visa",
                condition=Q(etat__in=["a_viser", "abandonnee"])
                | (
                    Q(visee_le__isnull=False, date_du_visa__isnull=False)
                    & ~Q(sha256_du_visa="")
                    & ~Q(signataire="")
                ),
            ),
            models.CheckConstraint(
                name="une_destruction_a_son_heure",
                condition=Q(etat="detruite", detruite_le__isnull=False, detruite_par__isnull=False)
                | (~Q(etat="detruite") & Q(detruite_le=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class PieceAEliminer(LigneProuvee):
    """Une ligne du bordereau : ce qui serait détruit, depuis quand c'est permis, et son empreinte.

    Sans consultation, la pièce est de l'organisme du bordereau, et d'aucune de ses procédures.
    """

    elimination = models.ForeignKey(Elimination, on_delete=models.PROTECT, related_name="lignes")
    rang = models.PositiveIntegerField()
    consultation = models.ForeignKey(
        Consultation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    titre = models.CharField(max_length=600)
    sorte = models.CharField(max_length=60)
    nom = models.CharField(max_length=255)
    taille = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    cle_de_stockage = models.CharField(max_length=120, db_index=True)
    jusqu_au = models.DateField("fin de la durée de conservation")
    source = models.CharField("texte qui la fixe", max_length=120)

    class Meta:
        ordering = ["rang"]
        constraints = [
            models.UniqueConstraint(name="un_rang_par_ligne", fields=["elimination", "rang"])
        ]

    def __str__(self) -> str:
        return self.titre
