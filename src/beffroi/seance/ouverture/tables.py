"""Ce que la séance et sa répétition ont en commun :
une présidence, un code à deux, des clés qui se tournent.
"""

from typing import Any, ClassVar

from django.db import models

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur


class TableDeCles(models.Model):
    """Une table où l'on compose un code, puis tourne ses clés.

    Chaque sorte de table a son journal et ses places.
    """

    A_TOURNER: ClassVar[tuple[str, ...]]
    PREFIXE_AU_JOURNAL: ClassVar[str]
    # « ouvrir » : la vraie clé ; « repeter » :
    # une clé d'essai, et jamais la vraie (sceau, SPEC §3).
    USAGE_DES_CLES: ClassVar[str]

    reference: Any
    etat: Any
    get_etat_display: Any
    participants: Any
    consultation: "models.ForeignKey[Consultation, Consultation]"

    presidee_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    cle_ephemere = models.TextField(
        blank=True, help_text="Destinataire éphémère du navigateur de la présidence."
    )
    incidents = models.JSONField(default=list, blank=True)

    class Meta:
        abstract = True

    @property
    def organisme_du_journal(self) -> str:
        return self.consultation.organisme.siret


class PlaceATable(models.Model):
    """Une personne à la table, sur son appareil.

    Le code à six chiffres se compose à deux : la présidence engage d'abord son aléa, la personne
    donne le sien, puis la présidence révèle. Un serveur qui changerait une clé en route ne peut pas
    faire coïncider les codes.
    """

    ouvre: Any

    utilisateur = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    nom = models.CharField(max_length=120)
    qualite = models.CharField(max_length=120, blank=True)
    appareil = models.CharField(max_length=64, blank=True)
    connecte_le = models.DateTimeField(null=True, blank=True)
    engagement_du_code = models.CharField(max_length=64, blank=True)
    alea_du_code = models.CharField(max_length=64, blank=True)
    alea_de_la_presidence = models.CharField(max_length=64, blank=True)
    confirme_le = models.DateTimeField(null=True, blank=True)
    part_rescellee = models.JSONField(default=dict, blank=True)
    cle_tournee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def a_declare(self) -> bool:
        """Rien ne l'empêche d'ouvrir :
        elle a déclaré n'avoir aucun lien, si la table le demande.
        """
        return True
