"""Les tours d'offres d'une procédure en deux temps :
jusqu'à quand, scellées pour quelle clé, et par qui.
"""

from django.db import models

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.cles.models import PaireDeCles
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee


def reference_de_tour() -> str:
    return reference_opaque("T")


def reference_d_invitation() -> str:
    return reference_opaque("I", 12)


class Tour(LigneProuvee):
    """Une remise d'offres réservée aux entreprises invitées.

    Le premier suit les candidatures, les autres la négociation.
    """

    class Delai(models.TextChoices):
        ORDINAIRE = "ordinaire", "Le délai ordinaire"
        ACCORD = "accord", "Une date convenue avec tous les candidats invités"
        SANS_ACCORD = "sans_accord", "Faute d'accord sur une date"
        URGENCE = "urgence", "Une urgence justifiée"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_tour)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="tours")
    numero = models.PositiveSmallIntegerField()
    date_limite = models.DateTimeField()
    delai = models.CharField(max_length=12, choices=Delai, default=Delai.ORDINAIRE)
    motif_du_delai = models.TextField(blank=True)
    cle = models.OneToOneField(PaireDeCles, on_delete=models.PROTECT, related_name="+")
    message = models.TextField(
        blank=True, help_text="Ce que l'acheteur ajoute à la lettre d'invitation."
    )
    ouvert_le = models.DateTimeField()
    ouvert_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    # La clôture est un fait de dates ; elle se note ici quand la ronde la constate.
    clos_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["consultation", "numero"]
        constraints = [
            models.UniqueConstraint(name="un_numero_par_tour", fields=["consultation", "numero"]),
            models.CheckConstraint(
                name="un_tour_dure", condition=models.Q(date_limite__gt=models.F("ouvert_le"))
            ),
            models.CheckConstraint(
                name="un_delai_abrege_se_motive",
                condition=~models.Q(delai="urgence") | ~models.Q(motif_du_delai=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}, tour {self.numero}"

    @property
    def nom(self) -> str:
        """« Offres », puis « Offres après négociation, tour 2 »."""
        return "Offres" if self.numero == 1 else f"Offres après négociation, tour {self.numero}"


class Invitation(LigneProuvee):
    """Le droit d'un candidat retenu de remettre une offre dans ce tour,
    pour ces lots, avec ce groupement.
    """

    REPRISES = {"equipe_id": "s'appelait etablissement_id"}

    reference = models.CharField(max_length=20, unique=True, default=reference_d_invitation)
    tour = models.ForeignKey(Tour, on_delete=models.PROTECT, related_name="invitations")
    equipe = models.ForeignKey(Equipe, on_delete=models.PROTECT, related_name="invitations")
    destinataire = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    candidature = models.CharField(
        max_length=16, help_text="Le récépissé de la candidature retenue."
    )
    lots = models.JSONField(default=list)
    groupement = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_invitation_par_candidature", fields=["tour", "candidature"]
            )
        ]

    def __str__(self) -> str:
        return self.reference
