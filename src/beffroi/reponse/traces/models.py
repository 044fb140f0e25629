"""Les traces d'une tentative de dépôt, et les relevés qui les ont fait entrer dans la preuve."""

from django.db import models

from beffroi.reponse.traces.cahier import textes
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.journal.lignes import LigneProuvee


class Nature(models.TextChoices):
    """Ce qu'une trace dit."""

    PAGE = "page", "Page affichée"
    MESSAGE = "message", "Message affiché"
    ENVOI = "envoi", "Envoi commencé"
    REPRISE = "reprise", "Envoi repris après un échec"
    ACQUIS = "acquis", "Fichier reçu, dit à l'écran"
    CLIC = "clic", "Clic sur « Déposer »"
    REFUS = "refus", "Demande refusée par le serveur"
    ERREUR = "erreur", "Erreur du navigateur"
    RECEPISSE = "recepisse", "Récépissé affiché"
    LIMITES = "limites", "Limites en vigueur"


class CahierReleve(LigneProuvee):
    """Un cahier entré dans la base, d'un bloc. Son empreinte est au journal."""

    sha256 = models.CharField("empreinte du cahier", max_length=64, unique=True)
    racine = models.CharField("racine de l'arbre de ses lignes (RFC 6962)", max_length=64)
    traces = models.PositiveIntegerField()
    premiere_le = models.DateTimeField()
    derniere_le = models.DateTimeField()
    releve_le = models.DateTimeField()
    # Le cahier tel qu'il était, ligne à ligne : de quoi recalculer l'empreinte sans nous.
    cahier = models.TextField()
    HORS_PREUVE = {
        "cahier": HorsPreuve(
            "son empreinte est dans la ligne, qui est prouvée",
            "rien ne passe : le cahier est comparé à la racine de ses lignes, qui est prouvée",
        )
    }

    class Meta:
        ordering = ["premiere_le", "pk"]

    def __str__(self) -> str:
        return f"{self.sha256[:12]}, {self.traces} traces"

    @property
    def feuilles(self) -> list[str]:
        """Ses lignes telles qu'elles sont écrites : celles de son arbre."""
        return textes(self.cahier.encode())


class Trace(models.Model):
    """Un fait d'une tentative.

    Recopié d'un relevé : la ligne du cahier, à ce rang, dit la même chose.
    """

    releve = models.ForeignKey(CahierReleve, on_delete=models.PROTECT, related_name="lignes")
    rang = models.PositiveIntegerField()
    nature = models.CharField(max_length=10, choices=Nature)
    reponse = models.CharField("référence de la réponse", max_length=16)
    consultation = models.CharField("référence de la consultation", max_length=30)
    personne = models.CharField("référence de la personne", max_length=20)
    le = models.DateTimeField("reçue par le serveur")
    dite_le = models.DateTimeField("heure du poste", null=True, blank=True)
    texte = models.TextField("texte exact affiché, ou page vue", max_length=500, blank=True)
    cause = models.CharField(max_length=80, blank=True)
    details = models.JSONField(default=dict, blank=True)
    navigateur = models.CharField(max_length=200, blank=True)
    poste = models.CharField("adresse hachée", max_length=32, blank=True)

    class Meta:
        ordering = ["le", "pk"]
        indexes = [
            models.Index(name="trace_par_reponse", fields=["reponse", "le"]),
            models.Index(name="trace_par_consultation", fields=["consultation", "le"]),
        ]
        constraints = [
            models.UniqueConstraint(name="une_trace_par_ligne_du_cahier", fields=["releve", "rang"])
        ]

    def __str__(self) -> str:
        return f"{self.nature} {self.reponse}"
