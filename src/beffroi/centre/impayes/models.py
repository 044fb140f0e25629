"""Le défaut de paiement d'une contribution,
ses lettres et leurs preuves, les contestations qui l'arrêtent.
"""

from django.db import models
from django.db.models import F, Q

from beffroi.centre.contributions.models import Contribution
from beffroi.centre.conventions.models import PieceDeConvention
from beffroi.centre.impayes.states import CLOSES, CYCLE, Etat
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee


def reference_de_defaut() -> str:
    return reference_opaque("IM")


def reference_de_lettre() -> str:
    return reference_opaque("LR")


def reference_de_suspension() -> str:
    return reference_opaque("SU")


class Defaut(LigneProuvee):
    """Un impayé que l'on poursuit, du rappel au paiement. Un seul à la fois par contribution."""

    Etat = Etat
    CYCLE = CYCLE

    reference = models.CharField(max_length=16, unique=True, default=reference_de_defaut)
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="defauts")
    etat = models.CharField(max_length=16, choices=Etat.choices, default=Etat.RELANCEE)
    echeance = models.DateField("dernier jour pour payer")
    ouvert_le = models.DateTimeField()
    # Lus sur les preuves, jamais d'un clic.
    relancee_le = models.DateField("rappel envoyé le")
    en_demeure_le = models.DateField("mise en demeure reçue le", null=True, blank=True)
    bloquee_le = models.DateField("blocage notifié le", null=True, blank=True)
    finie_le = models.DateField("fin notifiée le", null=True, blank=True)
    clos_le = models.DateTimeField(null=True, blank=True)
    motif_de_cloture = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["echeance", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="un_defaut_en_cours_par_contribution",
                fields=["contribution"],
                condition=~Q(etat__in=sorted(CLOSES)),
            ),
            models.CheckConstraint(
                name="un_rappel_suit_l_echeance", condition=Q(relancee_le__gt=F("echeance"))
            ),
            models.CheckConstraint(
                name="rien_ne_se_decide_avant_la_mise_en_demeure_recue",
                condition=Q(etat__in=["relancee", "demeure_envoyee", "reglee", "abandonnee"])
                | Q(en_demeure_le__isnull=False),
            ),
            models.CheckConstraint(
                name="un_blocage_est_notifie",
                condition=~Q(etat="bloquee") | Q(bloquee_le__isnull=False),
            ),
            models.CheckConstraint(
                name="un_defaut_clos_a_son_heure",
                condition=Q(etat__in=sorted(CLOSES), clos_le__isnull=False)
                | (~Q(etat__in=sorted(CLOSES)) & Q(clos_le=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def organisme_du_journal(self) -> str:
        return self.contribution.siret

    @property
    def est_clos(self) -> bool:
        return self.etat in CLOSES


class LettreDImpaye(LigneProuvee):
    """Une lettre établie d'un modèle versionné,
    et la preuve de sa réception quand elle est recommandée.
    """

    class Sorte(models.TextChoices):
        RELANCE = "relance", "Rappel"
        MISE_EN_DEMEURE = "mise_en_demeure", "Mise en demeure"
        BLOCAGE = "blocage", "Décision de blocage"
        FIN = "fin", "Décision de fin"

    class Envoi(models.TextChoices):
        PAPIER = "papier", "Lettre recommandée avec avis de réception"
        ELECTRONIQUE = "electronique", "Envoi recommandé électronique"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_lettre)
    defaut = models.ForeignKey(Defaut, on_delete=models.PROTECT, related_name="lettres")
    sorte = models.CharField(max_length=16, choices=Sorte)
    reste = models.DecimalField("somme due à sa date", max_digits=12, decimal_places=2)
    motif = models.TextField("motifs de la décision", blank=True)
    pdf = models.ForeignKey(PieceDeConvention, on_delete=models.PROTECT, related_name="+")
    odt = models.ForeignKey(PieceDeConvention, on_delete=models.PROTECT, related_name="+")
    etablie_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    etablie_le = models.DateTimeField()
    envoi = models.CharField(max_length=12, choices=Envoi, blank=True)
    recue_le = models.DateField("reçue, ou présentée la première fois, le", null=True, blank=True)
    premiere_presentation = models.BooleanField("lettre refusée ou non réclamée", default=False)
    preuve = models.ForeignKey(
        PieceDeConvention, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    notee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["etablie_le", "pk"]
        constraints = [
            models.CheckConstraint(
                name="une_reception_a_sa_preuve",
                condition=Q(recue_le=None, preuve=None, notee_le=None)
                | Q(recue_le__isnull=False, preuve__isnull=False, notee_le__isnull=False),
            ),
            models.CheckConstraint(
                name="une_decision_d_impaye_se_motive",
                condition=~Q(sorte__in=["blocage", "fin"]) | ~Q(motif=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_sorte_display()}, {self.etablie_le:%d/%m/%Y}"


class SuspensionDImpaye(LigneProuvee):
    """Une somme contestée de bonne foi :
    les délais s'arrêtent du jour où elle l'est à celui de la réponse.
    """

    class Origine(models.TextChoices):
        ADHERENT = "adherent", "Contestée en ligne par l'adhérent"
        CENTRE = "centre", "Notée par le centre de gestion"

    class Issue(models.TextChoices):
        FONDEE = "fondee", "Fondée"
        REJETEE = "rejetee", "Rejetée"
        RETIREE = "retiree", "Retirée par l'adhérent"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_suspension)
    contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, related_name="suspensions"
    )
    origine = models.CharField(max_length=8, choices=Origine)
    motif = models.TextField("ce qui est contesté, et pourquoi")
    du = models.DateField("premier jour d'arrêt")
    ecrite_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    ecrite_le = models.DateTimeField()
    fin = models.DateField("jour de la réponse", null=True, blank=True)
    issue = models.CharField(max_length=8, choices=Issue, blank=True)
    reponse = models.TextField("réponse motivée", blank=True)
    repondue_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    repondue_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["du", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_suspension_ouverte_a_la_fois",
                fields=["contribution"],
                condition=Q(fin=None),
            ),
            models.CheckConstraint(name="une_suspension_se_motive", condition=~Q(motif="")),
            models.CheckConstraint(
                name="une_suspension_finit_par_une_reponse_motivee",
                condition=Q(fin=None, repondue_par=None, repondue_le=None, issue="", reponse="")
                | (
                    Q(fin__gte=F("du"), repondue_par__isnull=False, repondue_le__isnull=False)
                    & ~Q(issue="")
                    & ~Q(reponse="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.reference
