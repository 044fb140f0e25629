"""Les retraits d'un dossier, ceux qui se sont nommés, et les tirages du registre."""

from django.db import models

from beffroi.achat.consultations.models import Consultation, PieceDce
from beffroi.personnes.entreprises.models import Equipe
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.tirages import Tirage


def reference_de_retirant() -> str:
    return reference_opaque("N", 12)


class Retirant(models.Model):
    """Qui s'est nommé avant de télécharger : ce qu'il a bien voulu dire de lui."""

    reference = models.CharField(max_length=20, unique=True, default=reference_de_retirant)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="retirants"
    )
    entreprise = models.CharField(max_length=200, blank=True)
    courriel = models.EmailField(max_length=254, blank=True)
    equipe = models.ForeignKey(
        Equipe, null=True, blank=True, on_delete=models.PROTECT, related_name="retraits"
    )
    nomme_le = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="un_retirant_par_nom_et_adresse",
                fields=["consultation", "entreprise", "courriel", "equipe"],
            ),
            models.CheckConstraint(
                name="un_retirant_se_nomme",
                condition=~models.Q(entreprise="", courriel="", equipe=None),
            ),
        ]

    def __str__(self) -> str:
        return self.entreprise or self.courriel


class RetraitDce(models.Model):
    """Un téléchargement : quoi, quelle version, quand. Sans retirant, il est anonyme."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="retraits"
    )
    version = models.PositiveSmallIntegerField()
    piece = models.ForeignKey(
        PieceDce, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    retirant = models.ForeignKey(
        Retirant, null=True, blank=True, on_delete=models.PROTECT, related_name="retraits"
    )
    le = models.DateTimeField()

    class Meta:
        ordering = ["le", "pk"]
        indexes = [models.Index(name="retrait_par_consultation", fields=["consultation", "le"])]

    def __str__(self) -> str:
        return f"{self.consultation_id}, version {self.version}"


class RetraitsEnNombre(models.Model):
    """Les téléchargements servis au-delà de ce que des inconnus inscrivent en une heure.

    Un nombre, et non une ligne chacun : qui télécharge sans fin ne remplit pas le disque.
    """

    consultation = models.OneToOneField(
        Consultation, on_delete=models.PROTECT, related_name="retraits_en_nombre"
    )
    nombre = models.PositiveBigIntegerField(default=0)
    # Le dernier fichier de manques compté ici : un arrêt juste après ne le fait pas compter deux
    # fois.
    dernier_releve = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.consultation_id}, {self.nombre}"


class TirageDesRetraits(Tirage):
    """Un tirage du registre des retraits."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="tirages_des_retraits"
    )

    class Meta:
        ordering = ["consultation", "numero"]
        constraints = [
            models.UniqueConstraint(
                name="un_tirage_des_retraits_par_numero", fields=["consultation", "numero"]
            )
        ]

    def __str__(self) -> str:
        return f"retraits de {self.consultation_id}, tirage {self.numero}"
