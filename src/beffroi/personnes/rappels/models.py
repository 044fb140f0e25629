"""Comment une personne veut être prévenue de ce qu'elle a à faire."""

from django.db import models

from beffroi.personnes.comptes.models import Utilisateur


class Preferences(models.Model):
    """Le résumé du matin, et l'agenda privé : seule l'empreinte de son secret est gardée."""

    utilisateur = models.OneToOneField(
        Utilisateur, on_delete=models.CASCADE, related_name="preferences"
    )
    resume_du_matin = models.BooleanField(default=True)
    agenda = models.CharField(
        "empreinte du secret de l'agenda", max_length=64, null=True, blank=True, unique=True
    )
    agenda_cree_le = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.utilisateur)


class EcheanceServie(models.Model):
    """Une échéance telle que l'agenda l'a donnée :
    de quoi dire qu'elle a changé (RFC 5545, SEQUENCE).
    """

    utilisateur = models.ForeignKey(
        Utilisateur, on_delete=models.CASCADE, related_name="echeances_servies"
    )
    cle = models.CharField(max_length=64)
    empreinte = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField(default=0)
    ecrite_le = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="une_echeance_par_personne", fields=["utilisateur", "cle"])
        ]

    def __str__(self) -> str:
        return f"{self.cle} n° {self.sequence}"


class Matin(models.Model):
    """Un matin dont les résumés sont confiés à la file."""

    jour = models.DateField(unique=True)

    def __str__(self) -> str:
        return self.jour.isoformat()
