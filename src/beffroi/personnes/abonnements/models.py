"""Une adresse et ce qu'elle suit. Rien ici n'est une preuve, et tout s'efface."""

from django.db import models

from beffroi.socle.fondations.references import reference_opaque


def reference_d_adresse() -> str:
    return reference_opaque("A", 12)


def reference_de_suivi() -> str:
    return reference_opaque("S", 12)


class AdresseAbonnee(models.Model):
    """Une adresse électronique, le temps qu'elle suit quelque chose."""

    reference = models.CharField(max_length=20, unique=True, default=reference_d_adresse)
    courriel = models.EmailField(max_length=254, unique=True)
    donnee_le = models.DateTimeField()
    refusee_le = models.DateTimeField("refusée par son serveur", null=True, blank=True)

    def __str__(self) -> str:
        return self.reference


class Suivi(models.Model):
    """Ce qu'une adresse suit. Sans confirmation, ce n'est qu'une demande."""

    class Cadence(models.TextChoices):
        INSTANT = "instant", "À l'instant"
        QUOTIDIEN = "quotidien", "Un résumé par jour, à 8 heures"

    reference = models.CharField(max_length=20, unique=True, default=reference_de_suivi)
    adresse = models.ForeignKey(AdresseAbonnee, on_delete=models.CASCADE, related_name="suivis")
    sujet = models.CharField(max_length=120)
    libelle = models.CharField(max_length=250)
    page = models.TextField()
    cadence = models.CharField(max_length=10, choices=Cadence, default=Cadence.INSTANT)
    demande_le = models.DateTimeField()
    confirme_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(name="suivi_par_sujet", fields=["sujet"])]
        constraints = [
            models.UniqueConstraint(
                name="un_suivi_par_adresse_et_sujet", fields=["adresse", "sujet"]
            )
        ]

    def __str__(self) -> str:
        return self.libelle

    @property
    def genre(self) -> str:
        """« consultation », « recherche » : ce qui se suit.

        Chaque genre a ses courriels, et leur arrêt n'arrête que lui.
        """
        return self.sujet.partition(":")[0]


class Nouvelle(models.Model):
    """Ce qui attend le résumé du jour."""

    suivi = models.ForeignKey(Suivi, on_delete=models.CASCADE, related_name="nouvelles")
    cle = models.CharField(max_length=80)
    titre = models.CharField(max_length=250)
    page = models.CharField(max_length=200)
    ecrite_le = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="une_nouvelle_par_suivi_et_cle", fields=["suivi", "cle"])
        ]

    def __str__(self) -> str:
        return self.titre
