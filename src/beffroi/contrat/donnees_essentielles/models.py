"""Les fiches publiées des contrats :
ce qui est paru ne change plus, il s'y ajoute (CCP, art. L. 2196-2, R. 2196-1).
"""

from django.db import models
from django.db.models import Q

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.imports.models import FichierRelu
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee


def reference_de_fiche() -> str:
    return reference_opaque("FC")


def reference_d_import() -> str:
    return reference_opaque("IC")


class Canal(models.TextChoices):
    """Par où les données d'un acheteur arrivent au portail national : une voie, et une seule."""

    PROFIL = "profil", "Ce profil d'acheteur"
    PES = "pes", "Le flux PES Marché, par le comptable"
    AUTRE = "autre", "Un autre logiciel"


class ReglageDeCanal(LigneProuvee):
    """La voie qu'un organisme a choisie. Sans réglage : ce profil."""

    organisme = models.OneToOneField(
        Organisme, on_delete=models.PROTECT, related_name="canal_des_donnees"
    )
    canal = models.CharField(max_length=6, choices=Canal, default=Canal.PROFIL)
    ailleurs = models.CharField("où le public lit ces données", max_length=300, blank=True)
    regle_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    regle_le = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.organisme} : {self.get_canal_display()}"


class ImportDeContrats(FichierRelu):
    """Un fichier de données essentielles d'un autre logiciel,
    relu avant d'être publié d'un seul coup.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_d_import)
    organisme = models.ForeignKey(
        Organisme, on_delete=models.PROTECT, related_name="imports_de_contrats"
    )
    inscrites = models.PositiveIntegerField("fiches inscrites", default=0)
    connues = models.PositiveIntegerField("contrats déjà connus", default=0)


class FicheDeContrat(LigneProuvee):
    """Les données essentielles d'un contrat.

    Préparée, elle se corrige ; publiée, la base refuse qu'on y touche.
    """

    class Sorte(models.TextChoices):
        MARCHE = "marche", "Marché"
        CONCESSION = "concession", "Concession"

    class Source(models.TextChoices):
        PLATEFORME = "plateforme", "Un contrat passé ici"
        IMPORT = "import", "Un autre logiciel"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_fiche)
    organisme = models.ForeignKey(
        Organisme, on_delete=models.PROTECT, related_name="fiches_de_contrats"
    )
    sorte = models.CharField(max_length=10, choices=Sorte)
    numero = models.CharField("numéro du contrat", max_length=16)
    siret_acheteur = models.CharField(max_length=14)
    nom_acheteur = models.CharField(max_length=200)
    nature = models.CharField(max_length=60)
    objet = models.CharField(max_length=1000)
    cpv = models.CharField(max_length=10, blank=True)
    procedure = models.CharField(max_length=80)
    # Vide quand il est retenu : une recherche par montant dirait ce que la page tait.
    montant = models.DecimalField(
        "montant hors taxes", max_digits=15, decimal_places=2, null=True, blank=True
    )
    duree_mois = models.PositiveIntegerField()
    conclu_le = models.DateField("notifié, ou signé, le")
    debut_le = models.DateField("début d'exécution d'une concession", null=True, blank=True)
    annee = models.PositiveSmallIntegerField()
    lieu_type = models.CharField(max_length=20, blank=True)
    lieu_code = models.CharField(max_length=20, blank=True)
    # Le texte JSON du format national, sans ce qui s'ajoute ensuite :
    # il se publie tel qu'il est gardé.
    contenu = models.TextField()
    # Par identifiant : {"nom": …, "code_postal": …}. Le format national n'a que des numéros.
    noms = models.JSONField("ce que l'on sait des titulaires", default=dict, blank=True)
    # Par champ du format : pourquoi il n'est pas publié (CCP, art. L. 2132-1 et L. 2196-2).
    retenues = models.JSONField("données retenues", default=dict, blank=True)
    canal = models.CharField(max_length=6, choices=Canal)
    ailleurs = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=10, choices=Source, default=Source.PLATEFORME)
    contrat = models.CharField("référence du contrat passé ici", max_length=24, blank=True)
    consultation = models.CharField("référence de sa consultation", max_length=24, blank=True)
    importe_de = models.ForeignKey(
        ImportDeContrats, null=True, blank=True, on_delete=models.PROTECT, related_name="fiches"
    )
    # Ce profil en est la voie, et rien de ce que le format exige n'est retenu.
    au_fichier = models.BooleanField("dans nos fichiers au format national", default=False)
    preparee_le = models.DateTimeField()
    publiee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["publiee_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_fiche_par_contrat", fields=["siret_acheteur", "sorte", "numero"]
            ),
            models.CheckConstraint(
                name="une_concession_a_un_debut",
                condition=~Q(sorte="concession") | Q(debut_le__isnull=False),
            ),
            models.CheckConstraint(
                name="une_fiche_d_ailleurs_le_dit", condition=~Q(canal="autre") | ~Q(ailleurs="")
            ),
        ]
        indexes = [
            models.Index(name="contrat_par_date", fields=["-conclu_le", "-id"]),
            models.Index(name="contrat_par_acheteur", fields=["siret_acheteur", "-conclu_le"]),
            models.Index(name="contrat_par_annee", fields=["annee", "id"]),
            models.Index(name="contrat_par_cpv", fields=["cpv"]),
            models.Index(name="contrat_par_lieu", fields=["lieu_code"]),
            models.Index(name="contrat_par_montant", fields=["montant"]),
        ]

    def __str__(self) -> str:
        return f"{self.numero}, {self.nom_acheteur}"

    @property
    def organisme_du_journal(self) -> str:
        return self.organisme.siret

    @property
    def est_publiee(self) -> bool:
        return self.publiee_le is not None

    @property
    def siren_acheteur(self) -> str:
        return self.siret_acheteur[:9]


class TitulaireDeFiche(LigneProuvee):
    """Qui tient un contrat publié.

    Son nom est public, même quand c'est celui d'une personne (CCP, art. R. 2196-1).
    """

    fiche = models.ForeignKey(FicheDeContrat, on_delete=models.PROTECT, related_name="titulaires")
    rang = models.PositiveSmallIntegerField()
    type_identifiant = models.CharField(max_length=10)
    identifiant = models.CharField(max_length=40)
    # Le SIREN d'un SIRET, l'identifiant entier des autres :
    # ce qui réunit les établissements d'une entreprise.
    groupe = models.CharField(max_length=40)
    nom = models.CharField(max_length=200, blank=True)
    code_postal = models.CharField("code postal, ou pays", max_length=20, blank=True)

    class Meta:
        ordering = ["fiche", "rang"]
        constraints = [
            models.UniqueConstraint(name="un_titulaire_de_fiche_par_rang", fields=["fiche", "rang"])
        ]
        indexes = [models.Index(name="titulaire_par_groupe", fields=["groupe", "fiche"])]

    def __str__(self) -> str:
        return self.nom or self.identifiant


class AjoutAFiche(LigneProuvee):
    """Ce qui s'ajoute à une fiche parue :
    une modification, un acte de sous-traitance, une année d'exécution.
    """

    class Sorte(models.TextChoices):
        MODIFICATION = "modification", "Modification"
        ACTE = "acte", "Acte de sous-traitance"
        MODIFICATION_D_ACTE = "modif_acte", "Modification d'un acte de sous-traitance"
        EXECUTION = "execution", "Données d'exécution de l'année"

    fiche = models.ForeignKey(FicheDeContrat, on_delete=models.PROTECT, related_name="ajouts")
    sorte = models.CharField(max_length=12, choices=Sorte)
    rang = models.PositiveIntegerField()
    contenu = models.TextField()
    publie_le = models.DateTimeField()

    class Meta:
        ordering = ["fiche", "sorte", "rang"]
        constraints = [
            models.UniqueConstraint(name="un_ajout_par_rang", fields=["fiche", "sorte", "rang"])
        ]

    def __str__(self) -> str:
        return f"{self.get_sorte_display()} {self.rang}, {self.fiche}"


class MotDeFiche(models.Model):
    """L'index des mots d'une fiche publiée : une copie, qui se refait."""

    fiche = models.ForeignKey(FicheDeContrat, on_delete=models.PROTECT, related_name="mots")
    mot = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(name="un_mot_par_fiche", fields=["mot", "fiche"])]

    def __str__(self) -> str:
        return f"{self.mot}, {self.fiche_id}"


class EnvoiAuPortail(LigneProuvee):
    """Un fichier confié au portail national : ce qu'il contenait, et l'accusé."""

    empreinte = models.CharField(max_length=64)
    version = models.CharField(
        "état des fiches à cet instant", max_length=64, blank=True, default=""
    )
    fiches = models.PositiveIntegerField("contrats dans le fichier")
    demande_le = models.DateTimeField()
    accepte_le = models.DateTimeField(null=True, blank=True)
    numero = models.CharField("numéro de l'accusé", max_length=80, blank=True)
    refus = models.CharField("pourquoi il est refusé", max_length=500, blank=True)

    class Meta:
        ordering = ["-demande_le", "-pk"]

    def __str__(self) -> str:
        return f"{self.fiches} contrats, {self.demande_le:%d/%m/%Y}"
