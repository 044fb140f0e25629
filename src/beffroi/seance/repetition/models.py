"""Répéter l'ouverture :
une table, des places, une clé jetable et l'enveloppe d'essai qu'elle ouvre.
"""

from django.db import models

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.cles.models import IdentiteDeMembre, PaireDeCles
from beffroi.seance.ouverture.tables import PlaceATable, TableDeCles
from beffroi.seance.repetition.states import CYCLE_DE_REPETITION, EN_COURS, EtatDeRepetition
from beffroi.socle.fondations.references import reference_opaque


def reference_de_repetition() -> str:
    return reference_opaque("T")


class Repetition(TableDeCles):
    """Une répétition de l'ouverture.

    Elle a sa propre clé, et ne voit ni réponse ni clé de la consultation.
    """

    Etat = EtatDeRepetition
    CYCLE = CYCLE_DE_REPETITION
    A_TOURNER = (EtatDeRepetition.CLES_EN_COURS,)
    PREFIXE_AU_JOURNAL = "repetition"
    USAGE_DES_CLES = "repeter"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_repetition)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="repetitions"
    )
    etat = models.CharField(
        max_length=14, choices=EtatDeRepetition.choices, default=EtatDeRepetition.CLES_EN_COURS
    )
    politique = models.CharField(max_length=10, choices=PaireDeCles.Politique)
    seuil = models.PositiveSmallIntegerField()
    empreinte = models.CharField(
        max_length=32, unique=True, help_text="Empreinte de la clé jetable."
    )
    enveloppe = models.BinaryField(help_text="L'enveloppe d'essai, scellée ; effacée à la fin.")
    engagement = models.CharField(
        max_length=64, help_text="SHA-256 du contenu de l'enveloppe d'essai."
    )
    phrase = models.CharField(
        max_length=120, blank=True, help_text="Ce qu'on y a lu ; effacé à la fin."
    )
    commencee_le = models.DateTimeField()
    lue_le = models.DateTimeField(null=True, blank=True)
    finie_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="une_repetition_en_cours_par_consultation",
                fields=["consultation"],
                condition=models.Q(etat__in=EN_COURS),
            ),
            models.CheckConstraint(
                name="une_repetition_finie_ne_garde_rien",
                condition=models.Q(etat__in=EN_COURS) | models.Q(enveloppe=b"", phrase=""),
            ),
        ]

    def __str__(self) -> str:
        return f"répétition {self.reference}"


class PlaceDeRepetition(PlaceATable):
    """Une personne qui répète, depuis son appareil. Chacune a une part de la clé jetable."""

    # Rien à déclarer : aucune entreprise n'est connue. Et toutes ces personnes ouvrent.
    ouvre = True
    a_declare = True

    repetition = models.ForeignKey(
        Repetition, on_delete=models.PROTECT, related_name="participants"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_place_par_compte", fields=["repetition", "utilisateur"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.nom}, {self.qualite}" if self.qualite else self.nom


class PartDeRepetition(models.Model):
    """Une part de la clé jetable,
    scellée pour l'identité qui tient aussi une part de la vraie clé.
    """

    repetition = models.ForeignKey(Repetition, on_delete=models.PROTECT, related_name="parts")
    identite = models.ForeignKey(IdentiteDeMembre, on_delete=models.PROTECT, related_name="+")
    contenu = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="une_part_par_identite", fields=["repetition", "identite"])
        ]

    def __str__(self) -> str:
        return f"part de {self.identite_id} pour {self.repetition_id}"
