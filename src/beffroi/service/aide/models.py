"""Qui veut être rappelé, le temps d'être rappelé."""

from django.db import models

from beffroi.socle.fondations.references import reference_opaque


def reference_de_rappel() -> str:
    return reference_opaque("A", 10)


class DemandeDeRappel(models.Model):
    """Une personne, son numéro, son sujet. S'efface peu après l'appel."""

    class Moment(models.TextChoices):
        AU_PLUS_TOT = "au_plus_tot", "Dès que possible"
        MATIN = "matin", "Plutôt le matin"
        APRES_MIDI = "apres_midi", "Plutôt l'après-midi"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_rappel)
    nom = models.CharField(max_length=120)
    telephone = models.CharField(max_length=30)
    numero = models.CharField("le même, chiffres seuls", max_length=20)
    sujet = models.TextField()
    consultation = models.CharField(
        "référence, telle que la personne la dit", max_length=30, blank=True
    )
    moment = models.CharField(max_length=12, choices=Moment, default=Moment.AU_PLUS_TOT)
    demandee_le = models.DateTimeField()
    rappelee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["demandee_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="un_rappel_en_attente_par_numero",
                fields=["numero"],
                condition=models.Q(rappelee_le=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} : rappeler {self.nom}"
