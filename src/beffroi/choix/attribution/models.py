"""Qui est choisi et pourquoi, ce que chaque entreprise en apprend,
et ce qu'elle demande ensuite.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.attribution.rules.decisions import CAUSES, RENONCIATIONS, Cause, Fondement
from beffroi.choix.echanges.models import Exemplaire
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe
from beffroi.reponse.depots.models import Pli
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee
from droit.calendrier.heures import PARIS
from formats.pluriels import enumerer


def reference_d_attribution() -> str:
    return reference_opaque("AT")


def reference_de_lettre() -> str:
    return reference_opaque("LT")


def reference_de_demande() -> str:
    return reference_opaque("DM")


@dataclass(frozen=True)
class Retenue:
    """Une offre retenue :
    celle que la décision porte, ou l'une des autres d'un accord-cadre à plusieurs titulaires.
    """

    pli: Pli
    variante: int
    montant: Decimal
    avantages: str
    classement: int | None

    @property
    def nom(self) -> str:
        return self.pli.equipe.nom


class Attribution(LigneProuvee):
    """Ce que l'acheteur décide d'un lot : une offre retenue, ou personne.
    En changer, c'est en prendre une autre.

    Sans `decidee_le`, elle est proposée :
    un organisme qui publie à deux la fait valider par une autre personne.
    """

    class Sorte(models.TextChoices):
        ATTRIBUEE = "attribuee", "Attribué"
        INFRUCTUEUX = "infructueux", "Infructueux"
        SANS_SUITE = "sans_suite", "Sans suite"

    reference = models.CharField(max_length=16, unique=True, default=reference_d_attribution)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="attributions"
    )
    lot = models.PositiveSmallIntegerField(null=True, blank=True)
    rang = models.PositiveSmallIntegerField("la combientième décision sur ce lot", default=1)
    sorte = models.CharField(max_length=12, choices=Sorte)
    pli = models.ForeignKey(
        Pli, null=True, blank=True, on_delete=models.PROTECT, related_name="attributions"
    )
    variante = models.PositiveSmallIntegerField("0 : l'offre de base", default=0)
    montant = models.DecimalField(
        "montant hors taxes", max_digits=14, decimal_places=2, null=True, blank=True
    )
    motif = models.TextField("pourquoi ce choix, ou cette renonciation")
    avantages = models.TextField("caractéristiques et avantages de l'offre retenue", blank=True)
    classement = models.PositiveSmallIntegerField("sa place au classement", null=True, blank=True)
    motif_de_l_ecart = models.TextField(
        "pourquoi ce n'est pas l'offre la mieux classée", blank=True
    )
    fondement = models.CharField(
        max_length=16, blank=True, choices=[(f.value, r.libelle) for f, r in RENONCIATIONS.items()]
    )
    remplace = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="remplacantes"
    )
    cause = models.CharField(
        max_length=12, blank=True, choices=[(c.value, texte) for c, (texte, _) in CAUSES.items()]
    )
    motif_du_remplacement = models.TextField(blank=True)
    proposee_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    proposee_le = models.DateTimeField()
    decidee_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decidee_le = models.DateTimeField(null=True, blank=True)
    rendue_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rendue_le = models.DateTimeField(null=True, blank=True)
    motif_du_renvoi = models.TextField(blank=True)
    titulaires_prevus = models.PositiveSmallIntegerField(
        "titulaires prévus, pour un accord-cadre qui en a plusieurs", null=True, blank=True
    )

    Cause, Fondement = Cause, Fondement

    class Meta:
        ordering = ["lot", "rang", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_decision_par_lot_et_rang",
                fields=["consultation", "lot", "rang"],
                condition=Q(rendue_le=None),
            ),
            models.UniqueConstraint(
                name="une_decision_par_rang",
                fields=["consultation", "rang"],
                condition=Q(rendue_le=None, lot=None),
            ),
            models.CheckConstraint(
                name="une_attribution_a_son_offre_et_son_montant",
                condition=Q(sorte="attribuee", pli__isnull=False, montant__gt=0, fondement="")
                | (~Q(sorte="attribuee") & Q(pli=None, montant=None) & ~Q(fondement="")),
            ),
            models.CheckConstraint(name="une_attribution_se_motive", condition=~Q(motif="")),
            models.CheckConstraint(
                name="une_decision_suivante_dit_laquelle_elle_remplace",
                condition=Q(rang=1, remplace=None, cause="", motif_du_remplacement="")
                | (
                    Q(rang__gt=1, remplace__isnull=False)
                    & ~Q(cause="")
                    & ~Q(motif_du_remplacement="")
                ),
            ),
            models.CheckConstraint(
                name="une_attribution_est_decidee_par_quelqu_un",
                condition=Q(decidee_le=None, decidee_par=None)
                | Q(decidee_le__isnull=False, decidee_par__isnull=False),
            ),
            models.CheckConstraint(
                name="une_proposition_rendue_l_est_avec_son_motif",
                condition=Q(rendue_le=None, rendue_par=None, motif_du_renvoi="")
                | (
                    Q(rendue_le__isnull=False, rendue_par__isnull=False, decidee_le=None)
                    & ~Q(motif_du_renvoi="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def est_attribuee(self) -> bool:
        return self.sorte == self.Sorte.ATTRIBUEE

    @property
    def retenues(self) -> list[Retenue]:
        """Les offres retenues, la mieux classée d'abord ;
        une seule, hors d'un accord-cadre à plusieurs titulaires.
        """
        if self.pli is None or self.montant is None:
            return []
        premiere = Retenue(self.pli, self.variante, self.montant, self.avantages, self.classement)
        return [premiere, *(autre.dite for autre in self.autres.all())]

    @property
    def noms(self) -> str:
        """« Toitures du Nord », ou « A, B et C »."""
        return enumerer([retenue.nom for retenue in self.retenues])

    def retenue_de(self, pli: Pli) -> Retenue | None:
        """L'offre retenue de cette entreprise, d'après n'importe laquelle de ses réponses."""
        return next((r for r in self.retenues if r.pli.equipe_id == pli.equipe_id), None)


class AutreRetenue(LigneProuvee):
    """Une offre retenue après celle que la décision porte : chaque titulaire a la sienne.

    Elle ne change plus.
    """

    attribution = models.ForeignKey(Attribution, on_delete=models.PROTECT, related_name="autres")
    ordre = models.PositiveSmallIntegerField("sa place parmi les offres retenues")
    pli = models.ForeignKey(Pli, on_delete=models.PROTECT, related_name="+")
    variante = models.PositiveSmallIntegerField("0 : l'offre de base", default=0)
    montant = models.DecimalField("montant hors taxes", max_digits=14, decimal_places=2)
    avantages = models.TextField("caractéristiques et avantages de cette offre", blank=True)
    classement = models.PositiveSmallIntegerField("sa place au classement", null=True, blank=True)

    class Meta:
        ordering = ["attribution", "ordre"]
        constraints = [
            models.UniqueConstraint(name="une_retenue_par_ordre", fields=["attribution", "ordre"]),
            models.UniqueConstraint(name="une_retenue_par_reponse", fields=["attribution", "pli"]),
            models.CheckConstraint(
                name="une_autre_retenue_suit_la_premiere", condition=Q(ordre__gte=2, montant__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attribution_id}, {self.ordre}"

    @property
    def dite(self) -> Retenue:
        return Retenue(self.pli, self.variante, self.montant, self.avantages, self.classement)


class Lettre(LigneProuvee):
    """Ce qu'une entreprise apprend d'un choix, pour tous les lots décidés ensemble.
    Partie, elle ne change plus.

    `vague` : toutes les lettres d'une vague partent d'un seul acte.
    Partie autrement, la lettre a son jour d'envoi.
    """

    REPRISES = {"equipe_id": "s'appelait etablissement_id"}

    class Voie(models.TextChoices):
        ELECTRONIQUE = "electronique", "Par la messagerie de la plateforme"
        AUTRE = "autre", "Autrement : recommandé, remise en main propre"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_lettre)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="lettres_d_attribution"
    )
    equipe = models.ForeignKey(Equipe, on_delete=models.PROTECT, related_name="+")
    vague = models.PositiveSmallIntegerField()
    texte = models.TextField()
    redigee_le = models.DateTimeField()
    relue_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    relue_le = models.DateTimeField(null=True, blank=True)
    voie = models.CharField(max_length=12, choices=Voie, default=Voie.ELECTRONIQUE)
    postee_le = models.DateField("jour de l'envoi par une autre voie", null=True, blank=True)
    preuve_de_l_envoi = models.CharField("numéro de recommandé, reçu", max_length=200, blank=True)
    envoyee_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    envoyee_le = models.DateTimeField(null=True, blank=True)
    exemplaire = models.OneToOneField(
        Exemplaire,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lettre_d_attribution",
    )

    class Meta:
        ordering = ["vague", "equipe__nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_lettre_par_entreprise_et_vague",
                fields=["consultation", "vague", "equipe"],
            ),
            models.CheckConstraint(
                name="une_lettre_partie_l_est_par_quelqu_un",
                condition=Q(envoyee_le=None, envoyee_par=None, exemplaire=None)
                | Q(envoyee_le__isnull=False, envoyee_par__isnull=False, relue_le__isnull=False),
            ),
            models.CheckConstraint(
                name="une_lettre_partie_autrement_a_son_jour",
                condition=Q(envoyee_le=None)
                | Q(voie="electronique", exemplaire__isnull=False, postee_le=None)
                | Q(voie="autre", exemplaire=None, postee_le__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def jour_d_envoi(self) -> date | None:
        """Le jour qui fait courir l'attente, à Paris."""
        if self.envoyee_le is None:
            return None
        return self.postee_le or self.envoyee_le.astimezone(PARIS).date()

    @property
    def est_electronique(self) -> bool:
        return self.voie == self.Voie.ELECTRONIQUE


class SuiteDonnee(LigneProuvee):
    """Ce qu'une lettre dit d'un lot à une entreprise : ses notes à elle, sa place, et pourquoi."""

    class Issue(models.TextChoices):
        RETENUE = "retenue", "Retenue"
        REJETEE = "rejetee", "Non retenue"
        SANS_SUITE = "sans_suite", "Aucune offre retenue"

    lettre = models.ForeignKey(Lettre, on_delete=models.PROTECT, related_name="suites")
    attribution = models.ForeignKey(Attribution, on_delete=models.PROTECT, related_name="suites")
    pli = models.ForeignKey(Pli, on_delete=models.PROTECT, related_name="suites_donnees")
    issue = models.CharField(max_length=12, choices=Issue)
    rang = models.PositiveSmallIntegerField("sa place", null=True, blank=True)
    note = models.DecimalField("sa note", max_digits=7, decimal_places=3, null=True, blank=True)
    notes = models.JSONField("ses notes par critère", default=list, blank=True)
    elimination = models.CharField(
        "ce qui l'a fait écarter sans la classer", max_length=200, blank=True
    )
    motif = models.TextField("pourquoi elle n'est pas retenue", blank=True)

    class Meta:
        ordering = ["lettre", "attribution__lot", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_suite_par_lettre_et_lot", fields=["lettre", "attribution"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lettre_id}, {self.get_issue_display()}"

    @property
    def note_dite(self) -> str:
        """« 87,5 »."""
        return f"{self.note.normalize():f}".replace(".", ",") if self.note is not None else ""


class DemandeDeMotifs(LigneProuvee):
    """Une entreprise non retenue demande pourquoi, ou ce que l'offre retenue a de mieux ;
    la loi laisse quinze jours.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_de_demande)
    lettre = models.ForeignKey(Lettre, on_delete=models.PROTECT, related_name="demandes")
    texte = models.TextField("ce qui est demandé")
    recue_le = models.DateTimeField()
    demandee_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    notee_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    repondre_avant = models.DateField("dernier jour pour répondre", null=True, blank=True)
    reponse = models.TextField(blank=True)
    repondue_le = models.DateTimeField(null=True, blank=True)
    repondue_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    exemplaire = models.OneToOneField(
        Exemplaire,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reponse_a_une_demande",
    )

    class Meta:
        ordering = ["recue_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_demande_en_attente_par_lettre",
                fields=["lettre"],
                condition=Q(repondue_le=None),
            ),
            models.CheckConstraint(
                name="une_demande_repondue_a_sa_reponse",
                condition=Q(repondue_le=None, repondue_par=None, reponse="", exemplaire=None)
                | (Q(repondue_le__gte=F("recue_le"), repondue_par__isnull=False) & ~Q(reponse="")),
            ),
            models.CheckConstraint(
                name="une_demande_vient_de_quelqu_un",
                condition=Q(demandee_par__isnull=False) | Q(notee_par__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference
