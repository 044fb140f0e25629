"""Ce qui est versé à un service d'archives, et ce qu'il en a répondu."""

from django.db import models
from django.db.models import Q

from beffroi.garde.archives.models import Paquet
from beffroi.garde.versements.states import CYCLE, Etat
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee
from formats.seda import Sens


def reference_de_versement() -> str:
    return reference_opaque("VS")


class MessageDuService(LigneProuvee):
    """Un message du service d'archives, gardé octet pour octet, et ce que l'on y a lu."""

    SENS = [
        (Sens.ACCUSE.value, "Accusé de réception"),
        (Sens.ACCEPTATION.value, "Prise en charge"),
        (Sens.REFUS.value, "Refus"),
    ]

    sens = models.CharField(max_length=12, choices=SENS)
    identifiant = models.CharField("identifiant que le service lui donne", max_length=200)
    service = models.CharField("service qui répond", max_length=200, blank=True)
    emis_le = models.DateTimeField("date que le message porte")
    code = models.CharField(max_length=200, blank=True)
    prise_en_charge_le = models.DateTimeField(null=True, blank=True)
    motifs = models.JSONField(default=list, blank=True)
    cote = models.CharField("identifiant du dossier chez le service", max_length=200, blank=True)
    unites = models.PositiveIntegerField("unités qu'il nomme", default=0)
    nom = models.CharField(max_length=255)
    cle_de_stockage = models.CharField(max_length=120)
    taille = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    recu_le = models.DateTimeField()
    depose_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["recu_le", "pk"]
        constraints = [
            models.CheckConstraint(
                name="un_message_du_service_a_ses_octets",
                condition=Q(taille__gt=0) & ~Q(sha256="") & ~Q(cle_de_stockage=""),
            ),
        ]

    def __str__(self) -> str:
        return self.identifiant


class Versement(LigneProuvee):
    """Un paquet remis à un service d'archives.

    Refusé ou abandonné, il reste : un autre versement reprend le paquet.
    """

    CYCLE = CYCLE
    Etat = Etat
    HORS_PREUVE = {
        "panne": HorsPreuve(
            "où en est l'ouvrier",
            "un envoi au service d'archives recommencerait ; ses messages sont prouvés",
        ),
        "arrete": HorsPreuve(
            "où en est l'ouvrier",
            "un envoi au service d'archives recommencerait ; ses messages sont prouvés",
        ),
        "suivi_le": HorsPreuve(
            "où en est l'ouvrier",
            "une relance partirait plus tôt, ou plus tard ; les messages reçus sont prouvés",
        ),
    }

    class Voie(models.TextChoices):
        DOSSIER = "dossier", "Dossier d'échange"
        HTTP = "http", "Réseau (HTTPS)"
        MAIN = "main", "Remis par l'organisme"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_versement)
    paquet = models.ForeignKey(Paquet, on_delete=models.PROTECT, related_name="versements")
    sha256 = models.CharField("SHA-256 du paquet versé", max_length=64)
    voie = models.CharField(max_length=8, choices=Voie)
    etat = models.CharField(max_length=10, choices=Etat.choices, default=Etat.A_ENVOYER)
    demande_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    demande_le = models.DateTimeField()
    remise = models.CharField("à qui, quand et comment il a été remis", max_length=300, blank=True)
    envoye_le = models.DateTimeField(null=True, blank=True)
    accuse = models.OneToOneField(
        MessageDuService,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="versement_recu",
    )
    reponse = models.OneToOneField(
        MessageDuService,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="versement_decide",
    )
    motif_d_abandon = models.CharField(max_length=300, blank=True)
    panne = models.CharField(
        "pourquoi l'envoi ou le suivi n'aboutit pas", max_length=600, blank=True
    )
    arrete = models.BooleanField("plus rien ne se retente sans un geste", default=False)
    suivi_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-demande_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="un_versement_vivant_par_paquet",
                fields=["paquet"],
                condition=~Q(etat__in=["refuse", "abandonne"]),
            ),
            models.CheckConstraint(
                name="un_versement_parti_a_son_heure",
                condition=Q(etat__in=["a_envoyer", "abandonne"]) | Q(envoye_le__isnull=False),
            ),
            models.CheckConstraint(
                name="un_versement_accuse_a_son_accuse",
                condition=~Q(etat="accuse") | Q(accuse__isnull=False),
            ),
            models.CheckConstraint(
                name="un_versement_decide_a_sa_reponse",
                condition=Q(etat__in=["accepte", "refuse"], reponse__isnull=False)
                | (~Q(etat__in=["accepte", "refuse"]) & Q(reponse=None)),
            ),
            models.CheckConstraint(
                name="un_versement_abandonne_dit_pourquoi",
                condition=(Q(etat="abandonne") & ~Q(motif_d_abandon=""))
                | (~Q(etat="abandonne") & Q(motif_d_abandon="")),
            ),
            models.CheckConstraint(
                name="une_remise_dit_a_qui",
                condition=(Q(voie="main") & ~Q(remise="")) | (~Q(voie="main") & Q(remise="")),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def organisme_du_journal(self) -> str:
        return self.paquet.consultation.organisme.siret
