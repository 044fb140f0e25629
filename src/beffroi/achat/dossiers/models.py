"""Le dossier d'une consultation publiée, version après version."""

from django.db import models

from beffroi.achat.consultations.models import Consultation, PieceDce
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee


class VersionDuDossier(LigneProuvee):
    """Le dossier tel qu'il a changé après sa publication :
    la première version est celle qui a été publiée.
    """

    HORS_PREUVE = {
        "archive_precedente": HorsPreuve(
            "où est rangé un ZIP qui se recompose des documents",
            (
                "le ZIP désigné serait un autre : il se compare aux documents, qui sont prouvés, "
                "avant d'être servi"
            ),
        ),
    }

    class Portee(models.TextChoices):
        IMPORTANT = "important", "Il change ce qu'une entreprise doit chiffrer, prévoir ou fournir"
        COMPLEMENT = (
            "complement",
            "Il répond à une question posée à temps, et la réponse est nécessaire pour chiffrer",
        )
        NEGLIGEABLE = (
            "negligeable",
            "Il ne change rien pour qui prépare une réponse : une faute, une coquille",
        )

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="versions_du_dossier"
    )
    numero = models.PositiveSmallIntegerField()
    explication = models.CharField("ce qui change", max_length=500)
    portee = models.CharField(max_length=12, choices=Portee)
    ancienne_limite = models.DateTimeField()
    nouvelle_limite = models.DateTimeField(null=True, blank=True)
    motif_sans_prolongation = models.TextField(blank=True)
    publiee_le = models.DateTimeField()
    archive_precedente = models.CharField("le dossier d'avant, en ZIP", max_length=120, blank=True)

    class Meta:
        ordering = ["-numero"]
        constraints = [
            models.UniqueConstraint(
                name="une_version_par_numero", fields=["consultation", "numero"]
            ),
            models.CheckConstraint(
                name="la_premiere_version_est_la_publication", condition=models.Q(numero__gte=2)
            ),
            models.CheckConstraint(
                name="une_version_dit_ce_qui_change", condition=~models.Q(explication="")
            ),
            models.CheckConstraint(
                name="une_version_ne_raccourcit_pas_le_delai",
                condition=models.Q(nouvelle_limite=None)
                | models.Q(nouvelle_limite__gt=models.F("ancienne_limite")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}, version {self.numero}"


def reference_de_modification() -> str:
    return reference_opaque("M")


class ModificationDuDossier(LigneProuvee):
    """Un document ajouté, remplacé ou retiré.

    Sans version, elle est prête et ne se voit pas ; publiée, elle ne change plus.
    """

    class Nature(models.TextChoices):
        AJOUT = "ajout", "Ajouté"
        REMPLACEMENT = "remplacement", "Remplacé"
        RETRAIT = "retrait", "Retiré"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_modification)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="modifications"
    )
    version = models.ForeignKey(
        VersionDuDossier,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="modifications",
    )
    nature = models.CharField(max_length=12, choices=Nature)
    ancienne = models.ForeignKey(
        PieceDce, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    nouvelle = models.OneToOneField(
        PieceDce, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sorte = models.CharField(max_length=8, choices=PieceDce.Sorte)
    intitule = models.CharField(max_length=160)
    nom = models.CharField("nom du fichier", max_length=255, blank=True)
    taille = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    cle_de_stockage = models.CharField(max_length=120, blank=True)
    passages = models.JSONField(
        default=list, blank=True, help_text="Les passages ôtés et ajoutés, s'ils se lisent."
    )
    lecture = models.CharField("ce que dit la comparaison", max_length=300, blank=True)
    preparee_le = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="un_changement_pret_par_document",
                fields=["ancienne"],
                condition=models.Q(version=None),
            ),
            models.CheckConstraint(
                name="une_modification_a_ses_documents",
                condition=models.Q(nature="ajout", ancienne=None) & ~models.Q(sha256="")
                | models.Q(nature="remplacement", ancienne__isnull=False) & ~models.Q(sha256="")
                | models.Q(nature="retrait", ancienne__isnull=False, sha256=""),
            ),
            models.CheckConstraint(
                name="une_modification_publiee_a_son_document",
                condition=models.Q(version=None, nouvelle=None)
                | models.Q(version__isnull=False, nouvelle__isnull=False)
                | models.Q(version__isnull=False, nature="retrait"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intitule} : {self.get_nature_display().lower()}"
