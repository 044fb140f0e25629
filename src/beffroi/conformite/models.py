"""Une trace de sécurité."""

from django.db import models


class TraceDeSecurite(models.Model):
    """Un fait de sécurité : qui, d'où, quand, sur quoi. Des références seulement ; s'ajoute, et s'efface à douze mois."""

    class Fait(models.TextChoices):
        CONNEXION = "connexion", "Connexion"
        DECONNEXION = "deconnexion", "Déconnexion"
        REFUS = "refus", "Connexion refusée"
        CODE = "code", "Second facteur donné"
        REFUS_DU_CODE = "refus_du_code", "Second facteur refusé"
        REPRISE = "reprise", "Identité prouvée de nouveau"
        REFUS_DE_REPRISE = "refus_de_reprise", "Nouvelle preuve d'identité refusée"
        MOT_DE_PASSE = "mot_de_passe", "Mot de passe changé"
        FACTEUR = "facteur", "Second facteur changé"
        COMPTE = "compte", "Compte"
        ROLE = "role", "Rôle"
        JETON = "jeton", "Jeton d'API"
        CLE = "cle", "Clé ou gardien"
        INTERVENTION = "intervention", "Intervention du centre"
        REGLAGE = "reglage", "Administration"
        LECTURE = "lecture", "Journal de sécurité exporté"
        PURGE = "purge", "Journal de sécurité purgé"

    fait = models.CharField(max_length=16, choices=Fait)
    le = models.DateTimeField()
    compte = models.CharField("référence de qui agit", max_length=16, blank=True)
    objet = models.CharField("référence de ce qui est touché", max_length=40, blank=True)
    precision = models.CharField("acte, ou sorte de facteur", max_length=60, blank=True)
    adresse = models.GenericIPAddressField("adresse de réseau", null=True, blank=True)
    logiciel = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["-le", "-pk"]
        indexes = [
            models.Index(name="trace_par_date", fields=["-le"]),
            models.Index(name="trace_par_compte", fields=["compte", "-le"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_fait_display()}, {self.le:%Y-%m-%d %H:%M}"
