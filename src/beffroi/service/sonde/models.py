"""Ce que la sonde a mesuré, minute après minute.

Une mesure écrite ne change plus : une écriture la fige au journal.
"""

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
                condition=models.Q(reussie=True, etape="")
                | (models.Q(reussie=False) & ~models.Q(etape="")),
            )
        ]
        indexes = [models.Index(name="mesure_par_ecriture", fields=["ecriture"])]

    def __str__(self) -> str:
        return (
            f"{self.commencee_le:%Y-%m-%d %H:%M} : "
            f"{'réussie' if self.reussie else self.get_etape_display()}"
        )


class EcartDHorloge(models.Model):
    """L'heure du serveur, comparée à une autre.

    Sans réponse, l'écart est vide et la phrase dit pourquoi.
    """

    le = models.DateTimeField()
    source = models.CharField("horloge consultée", max_length=200)
    ecart_ms = models.IntegerField(
        "millisecondes d'avance de l'autre horloge", null=True, blank=True
    )
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


class MinuteDuServeur(models.Model):
    """Une minute du serveur web. Ce qui n'a pas été compté, ou pas mesuré, est vide."""

    minute = models.DateTimeField(unique=True)
    reponses = models.PositiveIntegerField(null=True, blank=True)
    erreurs = models.PositiveIntegerField("réponses en 5xx", null=True, blank=True)
    en_vol = models.PositiveSmallIntegerField(
        "requêtes qu'un processus tenait à la fois", null=True, blank=True
    )
    places = models.PositiveSmallIntegerField("requêtes qu'il peut tenir", null=True, blank=True)
    libre = models.PositiveBigIntegerField("octets libres", null=True, blank=True)
    total = models.PositiveBigIntegerField("octets du disque", null=True, blank=True)
    origine = models.CharField(max_length=14, choices=Origine, default=Origine.MESUREE)
    notee_le = models.DateTimeField()
    ecriture = models.PositiveBigIntegerField("l'écriture qui la répète", null=True, blank=True)

    class Meta:
        ordering = ["minute"]
        constraints = [
            models.CheckConstraint(
                name="une_minute_comptee_l_est_en_entier",
                condition=models.Q(reponses=None, erreurs=None, en_vol=None, places=None)
                | (
                    models.Q(
                        **dict.fromkeys(
                            (
                                "reponses__isnull",
                                "erreurs__isnull",
                                "en_vol__isnull",
                                "places__isnull",
                            ),
                            False,
                        )
                    )
                    & models.Q(
                        reponses__gt=0,
                        erreurs__lte=models.F("reponses"),
                        en_vol__gt=0,
                        places__gt=0,
                    )
                ),
            ),
            models.CheckConstraint(
                name="une_place_a_son_disque",
                condition=models.Q(libre=None, total=None)
                | models.Q(
                    libre__isnull=False,
                    total__isnull=False,
                    libre__lte=models.F("total"),
                    total__gt=0,
                ),
            ),
        ]
        indexes = [models.Index(name="minute_par_ecriture", fields=["ecriture"])]

    def __str__(self) -> str:
        return f"{self.minute:%Y-%m-%d %H:%M} : {self.erreurs} en erreur sur {self.reponses}"

    @property
    def erreurs_pour_cent(self) -> int | None:
        """Arrondie vers le haut : une seule erreur ne se lit jamais 0 %.

        Le nombre de réponses, lui, ne sort pas d'ici.
        """
        return None if self.reponses is None else -(-100 * (self.erreurs or 0) // self.reponses)

    @property
    def occupation_pour_cent(self) -> int | None:
        """Par quarts, arrondie vers le haut :
        assez pour voir la saturation, trop peu pour compter qui dépose.
        """
        return None if not self.places else min(100, 25 * -(-4 * (self.en_vol or 0) // self.places))

    @property
    def place_pour_cent(self) -> int | None:
        """En parts entières du disque : au ko près, chaque dépôt s'y verrait."""
        return None if not self.total else (self.libre or 0) * 100 // self.total


class MesureExterieure(models.Model):
    """Ce qu'une sonde d'ailleurs dit avoir mesuré, tel qu'elle l'a remis.

    La plateforme ne l'a pas vu.
    """

    source = models.CharField("nom de la sonde", max_length=40)
    le = models.DateTimeField("l'heure qu'elle dit")
    reussie = models.BooleanField()
    duree_ms = models.PositiveIntegerField(null=True, blank=True)
    statut_http = models.PositiveSmallIntegerField(null=True, blank=True)
    phrase = models.CharField("ce qu'elle dit", max_length=300, blank=True)
    notee_le = models.DateTimeField("l'heure où elle l'a remise")
    ecriture = models.PositiveBigIntegerField("l'écriture qui la répète", null=True, blank=True)

    class Meta:
        ordering = ["le", "source"]
        constraints = [
            models.UniqueConstraint(
                name="une_mesure_exterieure_par_minute", fields=["source", "le"]
            )
        ]
        indexes = [models.Index(name="exterieure_par_ecriture", fields=["ecriture"])]

    def __str__(self) -> str:
        return f"{self.source}, {self.le:%Y-%m-%d %H:%M} : {'réussie' if self.reussie else 'échec'}"
