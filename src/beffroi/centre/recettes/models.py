"""Ce que le comptable a encaissé :
les titres du logiciel financier, les paiements, et les fichiers d'où ils viennent.
"""

from datetime import date

from django.db import models
from django.db.models import Q

from beffroi.centre.contributions.models import Contribution
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.imports.models import FichierRelu
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee


def reference_d_import() -> str:
    return reference_opaque("IR")


def reference_de_titre() -> str:
    return reference_opaque("TI")


def reference_de_paiement() -> str:
    return reference_opaque("PA")


class ImportDeRecettes(FichierRelu):
    """Un fichier du logiciel financier,
    relu avant d'être appliqué d'un seul coup, une seule fois.
    """

    class Sorte(models.TextChoices):
        TITRES = "titres", "Titres de recette"
        PAIEMENTS = "paiements", "Paiements"

    reference = models.CharField(max_length=16, unique=True, default=reference_d_import)
    sorte = models.CharField(max_length=9, choices=Sorte)
    inscrits = models.PositiveIntegerField("lignes inscrites", default=0)
    a_rapprocher = models.PositiveIntegerField("dont sans titre connu", default=0)

    class Meta(FichierRelu.Meta):
        constraints = [
            models.UniqueConstraint(
                name="un_fichier_de_recettes_ne_s_applique_qu_une_fois",
                fields=["sha256"],
                condition=Q(applique_le__isnull=False),
            ),
        ]


class TitreDeRecette(LigneProuvee):
    """Un titre que le logiciel financier a émis pour une contribution.

    Annulé, il reste ; un autre peut le suivre.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_de_titre)
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="titres")
    exercice = models.PositiveSmallIntegerField("exercice comptable")
    numero = models.PositiveIntegerField("numéro du titre")
    emis_le = models.DateField()
    montant = models.DecimalField(max_digits=12, decimal_places=2)
    importe_de = models.ForeignKey(
        ImportDeRecettes, null=True, blank=True, on_delete=models.PROTECT, related_name="titres"
    )
    note_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    note_le = models.DateTimeField()
    annule_le = models.DateField(null=True, blank=True)
    annule_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    motif_d_annulation = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["exercice", "numero"]
        constraints = [
            models.UniqueConstraint(
                name="un_titre_par_numero_et_exercice", fields=["exercice", "numero"]
            ),
            models.UniqueConstraint(
                name="un_titre_en_cours_par_contribution",
                fields=["contribution"],
                condition=Q(annule_le=None),
            ),
            models.CheckConstraint(
                name="un_titre_demande_quelque_chose", condition=Q(montant__gt=0)
            ),
            models.CheckConstraint(
                name="une_annulation_s_explique",
                condition=Q(annule_le=None, annule_par=None, motif_d_annulation="")
                | (
                    Q(annule_le__isnull=False, annule_par__isnull=False) & ~Q(motif_d_annulation="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.dit

    @property
    def dit(self) -> str:
        """« 2027-118 » : l'exercice, puis le numéro."""
        return f"{self.exercice}-{self.numero}"


class Paiement(LigneProuvee):
    """Une somme encaissée.

    Sans titre, elle est à rapprocher ; fausse, elle se contre-passe et ne se récrit pas.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_de_paiement)
    titre = models.ForeignKey(
        TitreDeRecette, null=True, blank=True, on_delete=models.PROTECT, related_name="paiements"
    )
    numero = models.CharField("référence du comptable ou de la banque", max_length=60)
    recu_le = models.DateField("encaissé le")
    montant = models.DecimalField(max_digits=12, decimal_places=2)
    libelle = models.CharField("ce que le relevé en dit", max_length=200, blank=True)
    importe_de = models.ForeignKey(
        ImportDeRecettes, null=True, blank=True, on_delete=models.PROTECT, related_name="paiements"
    )
    note_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    note_le = models.DateTimeField()
    contrepasse_le = models.DateField("contre-passé le", null=True, blank=True)
    contrepasse_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    motif_de_contrepassation = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-recu_le", "-pk"]
        constraints = [
            # Contre-passé, un encaissement peut se noter de nouveau, sur le bon titre.
            models.UniqueConstraint(
                name="un_encaissement_ne_se_note_qu_une_fois",
                fields=["numero"],
                condition=Q(contrepasse_le=None),
            ),
            models.CheckConstraint(
                name="un_paiement_apporte_quelque_chose", condition=Q(montant__gt=0)
            ),
            models.CheckConstraint(name="un_paiement_a_sa_reference", condition=~Q(numero="")),
            models.CheckConstraint(
                name="une_contrepassation_s_explique",
                condition=Q(contrepasse_le=None, contrepasse_par=None, motif_de_contrepassation="")
                | (
                    Q(contrepasse_le__isnull=False, contrepasse_par__isnull=False)
                    & ~Q(motif_de_contrepassation="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.numero

    def compte_au(self, jour: date) -> bool:
        """Encaissé ce jour-là, et pas encore contre-passé."""
        return self.recu_le <= jour and (self.contrepasse_le is None or self.contrepasse_le > jour)
