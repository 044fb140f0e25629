"""Ce que la sonde a mesuré, minute après minute. Une mesure écrite ne change plus : une écriture la fige au journal."""

from django.db import models


class Origine(models.TextChoices):
    MESUREE = "mesuree", "Mesurée"
    REJOUEE = "rejouee", "Notée après coup"
    DEMONSTRATION = "demonstration", "Inventée pour la démonstration"


class Etape(models.TextChoices):
    """Ce que fait la sonde, dans l'ordre où une entreprise le fait."""

    PAGE = "page", "Ouvrir la page d'accueil"
    DEBUT = "debut", "Commencer une réponse"
    ENVOI = "envoi", "Sceller et envoyer"
    DEPOT = "depot", "Déposer"
    RECEPISSE = "recepisse", "Recevoir le récépissé"


class Mesure(models.Model):
    """Un dépôt d'essai : réussi, ou échoué à une étape."""

    commencee_le = models.DateTimeField(unique=True)
    reussie = models.BooleanField()
    etape = models.CharField("étape de l'échec", max_length=10, choices=Etape, blank=True)
    statut_http = models.PositiveSmallIntegerField(null=True, blank=True)
    phrase = models.CharField("ce qui a été dit", max_length=300, blank=True)
    durees = models.JSONField("millisecondes par étape", default=dict)
    duree_ms = models.PositiveIntegerField()
    recepisse = models.CharField(max_length=16, blank=True)
    origine = models.CharField(max_length=14, choices=Origine, default=Origine.MESUREE)
    notee_le = models.DateTimeField()
    ecriture = models.PositiveBigIntegerField("l'écriture qui la répète", null=True, blank=True)

    class Meta:
        ordering = ["commencee_le"]
        constraints = [
            models.CheckConstraint(
                name="un_echec_a_son_etape",
                condition=models.Q(reussie=True, etape="") | (models.Q(reussie=False) & ~models.Q(etape="")),
            )
        ]
        indexes = [models.Index(name="mesure_par_ecriture", fields=["ecriture"])]

    def __str__(self) -> str:
        return f"{self.commencee_le:%Y-%m-%d %H:%M} : {'réussie' if self.reussie else self.get_etape_display()}"


class EcartDHorloge(models.Model):
    """L'heure du serveur, comparée à une autre. Sans réponse, l'écart est vide et la phrase dit pourquoi."""

    le = models.DateTimeField()
    source = models.CharField("horloge consultée", max_length=200)
    ecart_ms = models.IntegerField("millisecondes d'avance de l'autre horloge", null=True, blank=True)
    marge_ms = models.PositiveIntegerField(null=True, blank=True)
    phrase = models.CharField(max_length=300, blank=True)
    origine = models.CharField(max_length=14, choices=Origine, default=Origine.MESUREE)
    notee_le = models.DateTimeField()
    ecriture = models.PositiveBigIntegerField("l'écriture qui le répète", null=True, blank=True)

    class Meta:
        ordering = ["le", "pk"]
        constraints = [
            models.UniqueConstraint(name="un_ecart_par_source_et_instant", fields=["le", "source"]),
            models.CheckConstraint(
                name="un_ecart_a_sa_marge",
                condition=models.Q(ecart_ms=None, marge_ms=None)
                | models.Q(ecart_ms__isnull=False, marge_ms__isnull=False),
            ),
        ]
        indexes = [models.Index(name="ecart_par_ecriture", fields=["ecriture"])]

    def __str__(self) -> str:
        return f"{self.source}, {self.le:%Y-%m-%d %H:%M} : {self.ecart_ms} ms"
