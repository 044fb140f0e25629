"""L'annuaire des adhérents :
qui ils sont, combien d'agents ils ont, qui parle et qui signe pour eux.
"""

from django.db import models
from django.db.models import F, Q

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.imports.models import FichierRelu
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee

# Une population se garde avec le jour qu'elle décrit et qui la publie, ou ne se garde pas.
POPULATION_DATEE_ET_SOURCEE = Q(habitants=None, habitants_au=None, source_des_habitants="") | (
    Q(habitants__isnull=False, habitants_au__isnull=False) & ~Q(source_des_habitants="")
)


class Adherent(LigneProuvee):
    """Une personne morale, connue par son SIREN.

    L'activation lui ouvre un organisme ; jusque-là, elle n'a pas d'accès.
    """

    class Nature(models.TextChoices):
        COMMUNE = "commune", "Commune"
        CCAS = "ccas", "CCAS ou CIAS"
        CAISSE_DES_ECOLES = "caisse_des_ecoles", "Caisse des écoles"
        EPCI = "epci", "EPCI à fiscalité propre"
        SYNDICAT = "syndicat", "Syndicat"
        AUTRE = "autre", "Autre établissement"

    siren = models.CharField("SIREN", max_length=9, unique=True)
    nom = models.CharField(max_length=200)
    nature = models.CharField(max_length=20, choices=Nature)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    code_commune = models.CharField("code de la commune au COG", max_length=5, blank=True)
    # D'une commune : sa population, le jour qu'elle décrit, et qui la publie.
    habitants = models.PositiveIntegerField("population", null=True, blank=True)
    habitants_au = models.DateField("population au", null=True, blank=True)
    source_des_habitants = models.CharField(
        "source de la population", max_length=120, blank=True, default="", db_default=""
    )
    adresse = models.CharField(max_length=300, blank=True)
    code_postal = models.CharField(max_length=5, blank=True)
    ville = models.CharField(max_length=120, blank=True)
    courriel = models.EmailField(blank=True)
    telephone = models.CharField("téléphone", max_length=20, blank=True)
    rattache_a = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="rattaches"
    )
    organisme = models.OneToOneField(
        Organisme, on_delete=models.PROTECT, null=True, blank=True, related_name="adherent"
    )
    successeur = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecesseurs"
    )
    succede_le = models.DateField("jour où le successeur prend la suite", null=True, blank=True)
    est_un_essai = models.BooleanField("chargé pour un essai", default=False)
    cree_le = models.DateTimeField()

    class Meta:
        ordering = ["nom", "siren"]
        constraints = [
            models.UniqueConstraint(
                name="un_adherent_par_siret", fields=["siret"], condition=~Q(siret="")
            ),
            models.CheckConstraint(
                name="un_siret_commence_par_son_siren",
                condition=Q(siret="") | Q(siret__startswith=F("siren")),
            ),
            models.CheckConstraint(
                name="un_adherent_active_a_un_siret", condition=Q(organisme=None) | ~Q(siret="")
            ),
            models.CheckConstraint(
                name="un_adherent_date_et_source_sa_population",
                condition=POPULATION_DATEE_ET_SOURCEE,
            ),
            models.CheckConstraint(
                name="une_succession_est_datee",
                condition=Q(successeur=None, succede_le=None)
                | Q(successeur__isnull=False, succede_le__isnull=False),
            ),
            models.CheckConstraint(
                name="nul_ne_se_succede", condition=Q(successeur=None) | ~Q(successeur=F("pk"))
            ),
            models.CheckConstraint(
                name="nul_n_est_rattache_a_soi",
                condition=Q(rattache_a=None) | ~Q(rattache_a=F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return self.nom


class Effectif(LigneProuvee):
    """Le nombre d'agents d'un adhérent pour une année, et le document qui l'établit.

    Une correction est une autre ligne.
    """

    class Definition(models.TextChoices):
        L452_14 = "l452_14", "Titulaires et stagiaires à temps complet (CGFP, L. 452-14)"
        TOUS_STATUTS = "tous_statuts", "Agents de tous statuts"
        ETP = "etp", "Équivalents temps plein, arrondis"

    adherent = models.ForeignKey(Adherent, on_delete=models.PROTECT, related_name="effectifs")
    annee = models.PositiveSmallIntegerField("année")
    agents = models.PositiveIntegerField("nombre d'agents")
    definition = models.CharField(
        "ce qui est compté", max_length=16, choices=Definition, default=Definition.L452_14
    )
    constate_le = models.DateField("constaté le")
    # Vides : un effectif inventé pour un essai n'a pas de document.
    nom_du_justificatif = models.CharField(max_length=255, blank=True)
    taille_du_justificatif = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField("empreinte du justificatif", max_length=64, blank=True)
    cle_de_stockage = models.CharField(max_length=120, blank=True)
    # Personne : la plateforme, pour un essai.
    declare_par = models.ForeignKey(
        Utilisateur, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    declare_le = models.DateTimeField()
    # Lu dans un tableur, dont les octets sont gardés : ce fichier tient lieu de document.
    importe_de = models.ForeignKey(
        "ImportDEffectifs",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="effectifs",
        db_index=False,
    )
    remplace_le = models.DateTimeField(null=True, blank=True)
    fige_le = models.DateTimeField("pris pour un appel de contributions", null=True, blank=True)

    class Meta:
        ordering = ["-annee", "-declare_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="un_effectif_en_cours_par_annee",
                fields=["adherent", "annee"],
                condition=Q(remplace_le=None),
            ),
            models.CheckConstraint(
                name="un_effectif_n_est_pas_negatif", condition=Q(agents__gte=0)
            ),
            models.CheckConstraint(
                name="un_effectif_fige_ne_se_remplace_pas",
                condition=Q(fige_le=None) | Q(remplace_le=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.adherent}, {self.annee} : {self.agents}"


def reference_de_contact() -> str:
    return reference_opaque("CO")


class Contact(LigneProuvee):
    """Une personne qui parle ou qui signe pour l'adhérent.

    Une délégation a ses dates et son acte.
    """

    class Sorte(models.TextChoices):
        CONTACT = "contact", "Contact"
        SIGNATAIRE = "signataire", "Signataire"
        DELEGATION = "delegation", "Délégation de signature"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_contact)
    adherent = models.ForeignKey(Adherent, on_delete=models.PROTECT, related_name="contacts")
    sorte = models.CharField(max_length=12, choices=Sorte)
    nom = models.CharField(max_length=120)
    qualite = models.CharField("qualité", max_length=120, blank=True)
    courriel = models.EmailField(blank=True)
    telephone = models.CharField("téléphone", max_length=20, blank=True)
    depuis_le = models.DateField(null=True, blank=True)
    jusqu_au = models.DateField(null=True, blank=True)
    acte = models.CharField("acte qui donne la délégation", max_length=200, blank=True)

    class Meta:
        ordering = ["sorte", "nom", "pk"]
        constraints = [
            models.CheckConstraint(
                name="une_delegation_a_un_acte_et_un_debut",
                condition=~Q(sorte="delegation") | (~Q(acte="") & Q(depuis_le__isnull=False)),
            ),
            models.CheckConstraint(
                name="un_pouvoir_ne_finit_pas_avant_de_commencer",
                condition=Q(depuis_le=None) | Q(jusqu_au=None) | Q(jusqu_au__gte=F("depuis_le")),
            ),
        ]

    def __str__(self) -> str:
        return self.nom


def reference_de_note() -> str:
    return reference_opaque("NA")


class NoteDAppel(LigneProuvee):
    """Ce qu'une personne du centre retient d'un appel. S'ajoute, ne change pas ; s'efface à son
    heure.
    """

    HORS_PREUVE = {
        "texte": HorsPreuve(
            "texte sur des personnes : il s'efface à la fin de sa conservation",
            "une note serait lue autrement ; aucun droit n'en dépend, et qui l'a écrite est prouvé",
        )
    }

    reference = models.CharField(max_length=16, unique=True, default=reference_de_note)
    adherent = models.ForeignKey(Adherent, on_delete=models.PROTECT, related_name="notes")
    texte = models.TextField(max_length=1000, blank=True)
    ecrite_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    ecrite_le = models.DateTimeField()
    effacee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-ecrite_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="une_note_dit_quelque_chose_ou_est_effacee",
                condition=~Q(texte="", effacee_le=None) & (Q(effacee_le=None) | Q(texte="")),
            )
        ]

    def __str__(self) -> str:
        return self.reference


class RegardSurLesAchats(LigneProuvee):
    """Une personne du centre a lu, ce jour-là, où en sont les achats de l'adhérent."""

    adherent = models.ForeignKey(Adherent, on_delete=models.PROTECT, related_name="regards")
    par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    jour = models.DateField()
    le = models.DateTimeField()

    class Meta:
        ordering = ["-le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="un_regard_par_jour_et_par_personne", fields=["adherent", "par", "jour"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.adherent_id}, {self.jour}"


def reference_d_import() -> str:
    return reference_opaque("IA")


class ImportDAdherents(FichierRelu):
    """Un tableau déposé, relu avant d'être appliqué d'un seul coup, une seule fois."""

    reference = models.CharField(max_length=16, unique=True, default=reference_d_import)
    crees = models.PositiveIntegerField(default=0)
    changes = models.PositiveIntegerField(default=0)


def reference_d_import_d_effectifs() -> str:
    return reference_opaque("IE")


class ImportDEffectifs(FichierRelu):
    """Un tableur d'effectifs, ou de populations, relu puis appliqué d'un seul coup."""

    class Sorte(models.TextChoices):
        EFFECTIFS = "effectifs", "Effectifs"
        POPULATIONS = "populations", "Populations"

    reference = models.CharField(max_length=16, unique=True, default=reference_d_import_d_effectifs)
    sorte = models.CharField(max_length=11, choices=Sorte)
    lignes = models.PositiveIntegerField("lignes lues", default=0)
    inscrits = models.PositiveIntegerField(default=0)
    differents = models.PositiveIntegerField("différents de ce qui était connu", default=0)
