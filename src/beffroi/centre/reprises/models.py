"""Des conventions signées ailleurs, telles qu'un tableur les dit, et les vagues qui les activent.

Rien de tout cela n'est une convention : elle n'existe qu'à l'activation d'une vague.
"""

from django.db import models
from django.db.models import Q

from beffroi.centre.conventions.models import Convention
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.imports.models import FichierRelu
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee


def reference_de_reprise() -> str:
    return reference_opaque("RP")


class Reprise(FichierRelu):
    """Un tableur déposé. `applique_le` : le jour de la première vague activée."""

    reference = models.CharField(max_length=16, unique=True, default=reference_de_reprise)
    ignorees = models.JSONField("colonnes laissées de côté", default=list)


class Vague(LigneProuvee):
    """Des lignes que l'on active ensemble, un jour dit."""

    reprise = models.ForeignKey(Reprise, on_delete=models.PROTECT, related_name="vagues")
    numero = models.PositiveSmallIntegerField("numéro")
    nom = models.CharField("ce qu'elle réunit", max_length=120, blank=True)
    le = models.DateField("jour prévu")
    composee_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    composee_le = models.DateTimeField()
    lancee_par = models.ForeignKey(
        Utilisateur, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lancee_le = models.DateTimeField(null=True, blank=True)
    # Combien elle en avait au départ : une ligne refusée en sort, et revient à corriger.
    lignes_au_depart = models.PositiveSmallIntegerField(default=0)
    defaite_le = models.DateTimeField("défaite avant de partir", null=True, blank=True)
    annulee_le = models.DateTimeField("annulée en dernier le", null=True, blank=True)
    motif_d_annulation = models.TextField(blank=True)

    class Meta:
        ordering = ["numero"]
        constraints = [
            models.UniqueConstraint(name="une_vague_par_numero", fields=["reprise", "numero"]),
            models.CheckConstraint(
                name="une_vague_defaite_n_est_pas_partie",
                condition=Q(defaite_le=None) | Q(lancee_le=None),
            ),
            models.CheckConstraint(
                name="qui_lance_une_vague_se_nomme",
                condition=Q(lancee_le=None, lancee_par=None)
                | Q(lancee_le__isnull=False, lancee_par__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Vague {self.numero}"


class LigneDeReprise(models.Model):
    """Une ligne du tableur, corrigée ou non, et ce qu'elle est devenue."""

    reprise = models.ForeignKey(Reprise, on_delete=models.PROTECT, related_name="lignes")
    numero = models.PositiveIntegerField("numéro dans le fichier")
    valeurs = models.JSONField(default=dict)
    autres = models.JSONField("autres colonnes, gardées telles quelles", default=dict)
    laissee = models.CharField("pourquoi une personne l'a laissée", max_length=200, blank=True)
    refus = models.TextField("pourquoi l'activation l'a refusée", blank=True)
    vague = models.ForeignKey(
        Vague, on_delete=models.PROTECT, null=True, blank=True, related_name="lignes"
    )
    convention = models.OneToOneField(
        Convention, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["numero"]
        constraints = [
            models.UniqueConstraint(name="une_ligne_par_numero", fields=["reprise", "numero"]),
            models.CheckConstraint(
                name="une_ligne_reprise_a_sa_vague",
                condition=Q(convention=None) | Q(vague__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Ligne {self.numero}"


class CopieDeReprise(models.Model):
    """Un fichier du ZIP, gardé ou refusé. Refusé, ses octets ne sont pas gardés."""

    reprise = models.ForeignKey(Reprise, on_delete=models.PROTECT, related_name="copies")
    nom = models.CharField("nom du fichier", max_length=255)
    # Le nom sans sa casse ni ses accents : celui que le tableur écrit à peu près.
    nom_plie = models.CharField(max_length=255)
    taille = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    cle_de_stockage = models.CharField(max_length=120, blank=True)
    refus = models.TextField(blank=True)
    jointe_le = models.DateTimeField()

    class Meta:
        ordering = ["nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_copie_gardee_par_nom",
                fields=["reprise", "nom_plie"],
                condition=Q(refus=""),
            ),
            models.CheckConstraint(
                name="une_copie_est_gardee_ou_refusee",
                condition=(Q(refus="") & ~Q(cle_de_stockage=""))
                | (~Q(refus="") & Q(cle_de_stockage="")),
            ),
        ]

    def __str__(self) -> str:
        return self.nom
