"""L'analyse des offres : qui évalue, selon quelle grille, ce qui est lu, noté, retenu, et
pourquoi. Rien ne s'y corrige.

Une écriture en remplace une autre, et une seule :
la base refuse que deux personnes remplacent la même.
"""

from decimal import Decimal

from django.db import models

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots.models import Pli
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee


def reference_d_offre() -> str:
    return reference_opaque("O")


def reference_d_evaluateur() -> str:
    return reference_opaque("E")


class EcritureRemplacable(LigneProuvee):
    """Une écriture ne se corrige pas : une autre la remplace, une seule, et dit laquelle."""

    remplace = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="remplacee_par"
    )

    class Meta:
        abstract = True


class GrilleDAnalyse(EcritureRemplacable):
    """Les critères publiés d'un lot, gelés ;
    l'échelle des notes et la formule du prix, avec le moment où elles sont dites.
    """

    class Source(models.TextChoices):
        ACHAT = "achat", "Reprise de l'achat publié"
        REGLEMENT = "reglement", "Recopiée du règlement de la consultation"

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="grilles_d_analyse"
    )
    lot = models.PositiveSmallIntegerField(null=True, blank=True)
    criteres = models.JSONField(
        help_text="Nom, sorte, poids, sous-critères : ce que le règlement annonce."
    )
    source = models.CharField(max_length=10, choices=Source, default=Source.ACHAT)
    echelle = models.DecimalField(
        "note la plus haute", max_digits=5, decimal_places=2, default=Decimal(10)
    )
    formule = models.CharField("formule du prix", max_length=40, blank=True)
    parametres = models.JSONField("nombres de la formule", default=dict, blank=True)
    pse = models.JSONField("prestations supplémentaires comptées", default=list, blank=True)
    avant_ouverture = models.BooleanField(help_text="Arrêtée avant que le premier prix soit connu.")
    motif = models.TextField("pourquoi elle change", blank=True)
    arretee_le = models.DateTimeField()
    arretee_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["consultation", "lot", "pk"]
        constraints = [
            models.CheckConstraint(
                name="une_grille_changee_se_motive",
                condition=models.Q(remplace=None) | ~models.Q(motif=""),
            ),
            models.CheckConstraint(name="une_echelle_positive", condition=models.Q(echelle__gt=0)),
            models.UniqueConstraint(
                name="une_premiere_grille_par_lot",
                fields=["consultation", "lot"],
                condition=models.Q(remplace=None),
            ),
            models.UniqueConstraint(
                name="une_premiere_grille_sans_lot",
                fields=["consultation"],
                condition=models.Q(remplace=None, lot=None),
            ),
        ]

    def __str__(self) -> str:
        return f"grille de {self.consultation_id}, lot {self.lot}"


class Evaluateur(LigneProuvee):
    """Un agent que l'acheteur charge de noter cette consultation,
    et sa déclaration d'absence de conflit d'intérêts.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_d_evaluateur)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="evaluateurs"
    )
    utilisateur = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    nomme_le = models.DateTimeField()
    nomme_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    sans_conflit_le = models.DateTimeField(null=True, blank=True)
    retire_le = models.DateTimeField(null=True, blank=True)
    motif_du_retrait = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="un_evaluateur_par_personne",
                fields=["consultation", "utilisateur"],
                condition=models.Q(retire_le=None),
            ),
            models.CheckConstraint(
                name="un_retrait_se_motive",
                condition=models.Q(retire_le=None) | ~models.Q(motif_du_retrait=""),
            ),
        ]

    def __str__(self) -> str:
        return f"évaluateur {self.reference}"

    @property
    def note(self) -> bool:
        """Nommé, encore en charge, et sans conflit déclaré."""
        return self.retire_le is None and self.sans_conflit_le is not None


class Offre(LigneProuvee):
    """Une offre : un pli, un lot, une variante (0 : la base).

    Elle s'inscrit quand sa séance est close.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_d_offre)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="offres")
    pli = models.ForeignKey(Pli, on_delete=models.PROTECT, related_name="offres")
    lot = models.PositiveSmallIntegerField(null=True, blank=True)
    variante = models.PositiveSmallIntegerField(default=0)
    intitule = models.CharField("ce que la variante propose", max_length=200, blank=True)
    inscrite_le = models.DateTimeField()
    inscrite_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pli__recu_le", "pli", "lot", "variante"]
        constraints = [
            models.UniqueConstraint(
                name="une_offre_par_pli_lot_variante", fields=["pli", "lot", "variante"]
            ),
            models.UniqueConstraint(
                name="une_offre_par_pli_et_variante",
                fields=["pli", "variante"],
                condition=models.Q(lot=None),
            ),
            models.CheckConstraint(
                name="une_variante_dit_ce_qu_elle_propose",
                condition=models.Q(variante=0) | ~models.Q(intitule=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pli}, lot {self.lot}, variante {self.variante}"


class MontantRetenu(EcritureRemplacable):
    """Le montant hors taxes qu'une personne retient pour une offre, et d'où il vient.

    Le dernier compte.
    """

    class Provenance(models.TextChoices):
        ACTE = "acte", "Lu dans l'acte d'engagement"
        BORDEREAU = "bordereau", "Lu dans le bordereau de prix"
        RECTIFIE = "rectifie", "Rectifié après demande de précisions"
        AUTRE = "autre", "Calculé autrement"

    offre = models.ForeignKey(Offre, on_delete=models.PROTECT, related_name="montants")
    montant = models.DecimalField("montant hors taxes", max_digits=14, decimal_places=2)
    pse = models.JSONField("prestations supplémentaires", default=list, blank=True)
    provenance = models.CharField(max_length=10, choices=Provenance)
    precision = models.TextField("comment il est obtenu", blank=True)
    fichier = models.CharField(
        "référence du fichier ouvert qui le porte", max_length=24, blank=True
    )
    empreinte = models.CharField("SHA-256 de ce fichier", max_length=64, blank=True)
    retenu_le = models.DateTimeField()
    retenu_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="un_montant_n_est_pas_negatif", condition=models.Q(montant__gte=0)
            ),
            models.UniqueConstraint(
                name="un_premier_montant_par_offre",
                fields=["offre"],
                condition=models.Q(remplace=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offre_id} : {self.montant}"


class QualificationDOffre(EcritureRemplacable):
    """Ce que l'acheteur décide d'une offre :
    régulière, ou éliminée, et pourquoi (CCP, art. L. 2152-1 à L. 2152-6).
    """

    class Qualification(models.TextChoices):
        REGULIERE = "reguliere", "Régulière"
        IRREGULIERE = "irreguliere", "Irrégulière"
        INACCEPTABLE = "inacceptable", "Inacceptable"
        INAPPROPRIEE = "inappropriee", "Inappropriée"
        ANORMALEMENT_BASSE = "anormalement_basse", "Anormalement basse"
        RETIREE = "retiree", "Ne peut plus être retenue"

    offre = models.ForeignKey(Offre, on_delete=models.PROTECT, related_name="qualifications")
    qualification = models.CharField(max_length=20, choices=Qualification)
    motif = models.TextField(blank=True)
    prise_le = models.DateTimeField()
    prise_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="une_offre_eliminee_sait_pourquoi",
                condition=models.Q(qualification="reguliere") | ~models.Q(motif=""),
            ),
            models.UniqueConstraint(
                name="une_premiere_qualification_par_offre",
                fields=["offre"],
                condition=models.Q(remplace=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offre_id} : {self.qualification}"


class Note(EcritureRemplacable):
    """La note d'un évaluateur, sur un critère d'une offre.

    Une note changée dit laquelle elle remplace.
    """

    offre = models.ForeignKey(Offre, on_delete=models.PROTECT, related_name="evaluations")
    evaluateur = models.ForeignKey(Evaluateur, on_delete=models.PROTECT, related_name="evaluations")
    critere = models.CharField("clé du critère ou du sous-critère", max_length=12)
    valeur = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    commentaire = models.TextField(blank=True)
    donnee_le = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_premiere_note_par_case",
                fields=["offre", "evaluateur", "critere"],
                condition=models.Q(remplace=None),
            ),
            models.CheckConstraint(
                name="une_note_n_est_pas_negative",
                condition=models.Q(valeur=None) | models.Q(valeur__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offre_id}, {self.critere} : {self.valeur}"


class NoteRetenue(EcritureRemplacable):
    """La note que la personne responsable retient, après la moyenne des évaluateurs.

    S'en écarter se motive.
    """

    offre = models.ForeignKey(Offre, on_delete=models.PROTECT, related_name="notes_retenues")
    critere = models.CharField("clé du critère ou du sous-critère", max_length=12)
    valeur = models.DecimalField(max_digits=6, decimal_places=2)
    moyenne = models.DecimalField(
        "moyenne des évaluateurs", max_digits=6, decimal_places=2, null=True, blank=True
    )
    commentaire = models.TextField("ce que l'entreprise en lira", blank=True)
    motif = models.TextField("pourquoi elle s'écarte de la moyenne", blank=True)
    retenue_le = models.DateTimeField()
    retenue_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_premiere_note_retenue_par_case",
                fields=["offre", "critere"],
                condition=models.Q(remplace=None),
            ),
            models.CheckConstraint(
                name="s_ecarter_de_la_moyenne_se_motive",
                condition=models.Q(valeur=models.F("moyenne")) | ~models.Q(motif=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offre_id}, {self.critere} : {self.valeur}"


class RapportDAnalyse(LigneProuvee):
    """Le rapport d'un lot, validé : ses deux fichiers ne changent plus.

    Le rouvrir se motive, et en fait un autre.
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="rapports_d_analyse"
    )
    lot = models.PositiveSmallIntegerField(null=True, blank=True)
    proposition = models.TextField("ce que le rapport propose")
    odt = models.CharField("où est rangé l'ODT", max_length=120)
    sha256_odt = models.CharField(max_length=64)
    pdf = models.CharField("où est rangé le PDF", max_length=120)
    sha256_pdf = models.CharField(max_length=64)
    valide_le = models.DateTimeField()
    valide_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    rouvert_le = models.DateTimeField(null=True, blank=True)
    rouvert_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    motif_de_reouverture = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="un_rapport_valide_par_lot",
                fields=["consultation", "lot"],
                condition=models.Q(rouvert_le=None),
            ),
            models.UniqueConstraint(
                name="un_rapport_valide_sans_lot",
                fields=["consultation"],
                condition=models.Q(rouvert_le=None, lot=None),
            ),
            models.CheckConstraint(
                name="rouvrir_un_rapport_se_motive",
                condition=models.Q(rouvert_le=None) | ~models.Q(motif_de_reouverture=""),
            ),
        ]

    def __str__(self) -> str:
        return f"rapport d'analyse de {self.consultation_id}, lot {self.lot}"
