"""Le travail remis à plus tard, et les numéros qui se suivent."""

from django.db import models

from beffroi.socle.fondations.references import reference_opaque

SIGNES_D_UNE_CLE = 120


class Tache(models.Model):
    """Une tâche en attente, prise à bail par un ouvrier, recommencée si l'ouvrier meurt."""

    class Etat(models.TextChoices):
        PRETE = "prete", "Prête"
        EN_COURS = "en_cours", "En cours"
        FAITE = "faite", "Faite"
        ABANDONNEE = "abandonnee", "Abandonnée"

    chemin = models.CharField(max_length=200)
    arguments = models.JSONField()
    file = models.CharField(max_length=40, default="default")
    priorite = models.SmallIntegerField(default=0)
    pas_avant = models.DateTimeField()
    etat = models.CharField(max_length=12, choices=Etat, default=Etat.PRETE)
    bail_jusqu_a = models.DateTimeField(null=True, blank=True)
    ouvrier = models.CharField(max_length=80, blank=True)
    essais = models.PositiveSmallIntegerField(default=0)
    essais_permis = models.PositiveSmallIntegerField(default=12)
    erreur = models.TextField(blank=True)
    unicite = models.CharField(max_length=200, null=True, blank=True, unique=True)
    creee_le = models.DateTimeField()
    finie_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                name="tache_prete",
                fields=["-priorite", "pas_avant", "id"],
                condition=models.Q(etat="prete"),
            ),
            models.Index(
                name="tache_en_cours", fields=["bail_jusqu_a"], condition=models.Q(etat="en_cours")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chemin} ({self.etat})"


def reference_de_courriel() -> str:
    return reference_opaque("C", 12)


class Courriel(models.Model):
    """Un courriel écrit dans la transaction de l'acte qui le cause, envoyé après elle."""

    reference = models.CharField(max_length=20, unique=True, default=reference_de_courriel)
    cle = models.CharField(max_length=SIGNES_D_UNE_CLE, unique=True)
    destinataire = models.EmailField(max_length=254)
    sujet = models.CharField(max_length=250)
    texte = models.TextField()
    pieces = models.JSONField(default=list, blank=True)
    arret = models.CharField("adresse de l'arrêt en un clic", max_length=300, blank=True)
    ecrit_le = models.DateTimeField()
    confie_le = models.DateTimeField("corps livré au serveur", null=True, blank=True)
    envoye_le = models.DateTimeField("accepté par le serveur", null=True, blank=True)
    refuse_le = models.DateTimeField(null=True, blank=True)
    refus = models.CharField("pourquoi", max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(
                name="courriel_a_envoyer", fields=["id"], condition=models.Q(envoye_le=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} : {self.sujet}"


class Numerotation(models.Model):
    """Le dernier numéro donné d'une suite (`D-2026`), sans trou, sous verrou."""

    suite = models.CharField(max_length=40, primary_key=True)
    dernier = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.suite} : {self.dernier}"
