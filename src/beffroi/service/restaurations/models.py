"""Les sauvegardes faites, et les essais de restauration :
ce que l'on a, et ce que l'on sait relire.
"""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from beffroi.socle.journal.lignes import LigneProuvee

FAUTE_AU_PLUS = 500


class Sauvegarde(LigneProuvee):
    """Une copie de la base, des fichiers et des clés, telle qu'elle était quand elle a commencé."""

    commencee_le = models.DateTimeField(unique=True)
    nom = models.CharField("nom du dossier", max_length=60)
    duree_ms = models.PositiveBigIntegerField()
    sha256 = models.CharField("SHA-256 de la copie de la base", max_length=64)
    octets = models.PositiveBigIntegerField("octets de la copie de la base")
    fichiers = models.PositiveIntegerField("fichiers copiés cette fois")
    octets_des_fichiers = models.PositiveBigIntegerField("octets copiés cette fois")

    class Meta:
        ordering = ["commencee_le"]

    def __str__(self) -> str:
        return self.nom


class EssaiDeRestauration(LigneProuvee):
    """Une sauvegarde restaurée à part, relue, puis effacée.

    Sans faute, elle se restaure ; sinon, la première est dite.
    """

    commence_le = models.DateTimeField(unique=True)
    nom = models.CharField("nom du dossier", max_length=60)
    sauvegarde_du = models.DateTimeField("instant de la copie", null=True, blank=True)
    reussi = models.BooleanField()
    faute = models.CharField("première faute trouvée", max_length=FAUTE_AU_PLUS, blank=True)
    fautes = models.PositiveIntegerField("nombre de fautes", default=0)
    restauration_ms = models.PositiveBigIntegerField("temps pour remettre la base et les fichiers")
    verification_ms = models.PositiveBigIntegerField("temps pour tout relire", default=0)
    ecritures = models.PositiveBigIntegerField("écritures du registre relues", default=0)
    fichiers = models.PositiveIntegerField("fichiers remis", default=0)
    derniere_ecriture_le = models.DateTimeField(
        "dernier acte que la copie connaît", null=True, blank=True
    )
    ecritures_perdues = models.PositiveBigIntegerField("écritures faites depuis", default=0)

    class Meta:
        ordering = ["commence_le"]
        constraints = [
            models.CheckConstraint(
                name="un_essai_manque_dit_sa_faute",
                condition=Q(reussi=True, faute="", fautes=0)
                | (Q(reussi=False, fautes__gt=0) & ~Q(faute="")),
            )
        ]

    @property
    def perte(self) -> timedelta | None:
        """Ce qu'un sinistre à l'heure de l'essai aurait fait perdre :
        du dernier acte copié à l'essai.
        """
        return self.commence_le - self.derniere_ecriture_le if self.derniere_ecriture_le else None

    @property
    def duree(self) -> timedelta:
        return timedelta(milliseconds=self.restauration_ms + self.verification_ms)

    def __str__(self) -> str:
        return f"{self.nom} : {'se restaure' if self.reussi else self.faute}"
