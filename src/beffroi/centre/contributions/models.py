"""La grille et ses versions, les choix de l'exploitant,
l'appel d'une année, et ce que chaque adhérent doit.
"""

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from beffroi.achat.consultations.models import Consultation
from beffroi.centre.adherents.models import POPULATION_DATEE_ET_SOURCEE, Adherent
from beffroi.centre.contributions.rules import exceptions
from beffroi.centre.contributions.states import CYCLE, Etat
from beffroi.centre.tarif.rules.parametres import QUESTIONS
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee
from formats.dates import PARIS


def reference_de_grille() -> str:
    return reference_opaque("GR")


def reference_de_contribution() -> str:
    return reference_opaque("CT")


def reference_d_avoir() -> str:
    return reference_opaque("AC")


def reference_de_contestation() -> str:
    return reference_opaque("CN")


class Grille(LigneProuvee):
    """Ce que chaque catégorie paie, adopté par une délibération.

    Une grille ne change pas : une autre la suit.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_de_grille)
    numero_de_deliberation = models.CharField("numéro de la délibération", max_length=60)
    deliberee_le = models.DateField("date de la délibération")
    effet = models.DateField("premier jour d'effet")
    seuil = models.PositiveIntegerField("agents qui séparent les deux catégories", default=350)
    gardee_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    gardee_le = models.DateTimeField()

    class Meta:
        ordering = ["-effet", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="une_grille_n_est_pas_retroactive", condition=Q(effet__gt=F("deliberee_le"))
            ),
            models.CheckConstraint(name="une_grille_a_un_seuil", condition=Q(seuil__gt=0)),
            models.UniqueConstraint(
                name="une_grille_par_deliberation_et_effet",
                fields=["effet", "numero_de_deliberation"],
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class TrancheTarifaire(LigneProuvee):
    """Des volumes annuels, bornes comprises,
    et le montant d'une année entière pour une catégorie.
    """

    class Categorie(models.TextChoices):
        AU_DELA = "au_dela", "Au-delà du seuil"
        JUSQU_AU_SEUIL = "jusqu_au_seuil", "Jusqu'au seuil"

    grille = models.ForeignKey(Grille, on_delete=models.PROTECT, related_name="tranches")
    categorie = models.CharField(max_length=14, choices=Categorie)
    numero = models.PositiveSmallIntegerField()
    de = models.PositiveIntegerField()
    jusqu_a = models.PositiveIntegerField(null=True, blank=True)
    montant = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["grille", "categorie", "numero"]
        constraints = [
            models.UniqueConstraint(
                name="un_numero_par_tranche", fields=["grille", "categorie", "numero"]
            ),
            models.UniqueConstraint(
                name="une_seule_tranche_sans_fin",
                fields=["grille", "categorie"],
                condition=Q(jusqu_a=None),
            ),
            models.CheckConstraint(
                name="la_premiere_tranche_commence_a_zero",
                condition=Q(numero=1, de=0) | Q(numero__gt=1, de__gt=0),
            ),
            models.CheckConstraint(
                name="une_tranche_finit_apres_son_debut",
                condition=Q(jusqu_a=None) | Q(jusqu_a__gte=F("de")),
            ),
            models.CheckConstraint(
                name="une_tranche_ne_rend_pas_d_argent", condition=Q(montant__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grille_id}, tranche {self.numero}"


class ChoixDuTarif(LigneProuvee):
    """Une réponse de l'exploitant à ce que la convention laisse ouvert, à partir d'un jour.

    Une autre la suit.
    """

    CLES = [(cle, question.texte) for cle, question in QUESTIONS.items()]

    cle = models.CharField(max_length=20, choices=CLES)
    valeur = models.CharField(max_length=40)
    effet = models.DateField("premier jour d'effet")
    deliberation = models.CharField("délibération qui la fonde", max_length=120)
    choisi_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    choisi_le = models.DateTimeField()

    class Meta:
        ordering = ["effet", "pk"]
        constraints = [
            models.CheckConstraint(name="un_choix_a_sa_deliberation", condition=~Q(deliberation=""))
        ]

    def __str__(self) -> str:
        return f"{self.cle}={self.valeur}"


class EcartDeCompte(LigneProuvee):
    """Une consultation que le centre de gestion écarte du compte,
    ou signale comme relance, et pourquoi.
    """

    class Motif(models.TextChoices):
        INCIDENT = "incident", "Annulée par un incident de la plateforme"
        RELANCE = "relance", "Relance d'une consultation infructueuse ou sans suite"

    consultation = models.OneToOneField(
        Consultation, on_delete=models.PROTECT, related_name="ecart_de_compte"
    )
    motif = models.CharField(max_length=10, choices=Motif)
    relancee = models.ForeignKey(
        Consultation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    explication = models.CharField(max_length=500)
    note_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    note_le = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="une_relance_nomme_ce_qu_elle_relance",
                condition=Q(motif="incident", relancee=None)
                | Q(motif="relance", relancee__isnull=False),
            ),
            models.CheckConstraint(name="un_ecart_s_explique", condition=~Q(explication="")),
            models.CheckConstraint(
                name="nulle_ne_se_relance",
                condition=Q(relancee=None) | ~Q(relancee=F("consultation")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} : {self.motif}"


class Exercice(LigneProuvee):
    """L'appel d'une année.

    La grille et les choix qu'il fige ne changent plus, quoi qu'on adopte ensuite.
    """

    Etat = Etat
    CYCLE = CYCLE

    class Sorte(models.TextChoices):
        ANNUEL = "annuel", "Appel"
        COMPLEMENT = "complement", "Complément"
        REGULARISATION = "regularisation", "Régularisation"

    annee = models.PositiveSmallIntegerField("année")
    # 0 : l'appel de janvier ; ensuite, ce qui le suit dans la même année.
    rang = models.PositiveSmallIntegerField(default=0)
    sorte = models.CharField(max_length=14, choices=Sorte, default=Sorte.ANNUEL)
    etat = models.CharField(max_length=8, choices=Etat.choices, default=Etat.OUVERT)
    ouvert_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    ouvert_le = models.DateTimeField()
    grille = models.ForeignKey(
        Grille, null=True, blank=True, on_delete=models.PROTECT, related_name="exercices"
    )
    parametres = models.JSONField(default=dict)
    fige_le = models.DateTimeField("comptes figés et notifiés", null=True, blank=True)
    simule_le = models.DateTimeField(null=True, blank=True)
    prepare_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    prepare_le = models.DateTimeField(null=True, blank=True)
    valide_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    valide_le = models.DateTimeField(null=True, blank=True)
    emis_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-annee", "-rang"]
        constraints = [
            models.UniqueConstraint(name="un_rang_par_annee", fields=["annee", "rang"]),
            models.CheckConstraint(
                name="l_appel_de_l_annee_est_le_premier",
                condition=Q(rang=0, sorte="annuel") | (Q(rang__gt=0) & ~Q(sorte="annuel")),
            ),
            models.CheckConstraint(
                name="un_exercice_fige_a_sa_grille",
                condition=Q(etat="ouvert") | Q(grille__isnull=False, fige_le__isnull=False),
            ),
            models.CheckConstraint(
                name="deux_personnes_valident",
                condition=Q(valide_par=None)
                | (Q(prepare_par__isnull=False) & ~Q(valide_par=F("prepare_par"))),
            ),
            models.CheckConstraint(
                name="un_exercice_emis_est_valide",
                condition=~Q(etat__in=["valide", "emis"]) | Q(valide_par__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def cle(self) -> str:
        """« 2027 », puis « 2027-1 » : ce que porte son adresse."""
        return f"{self.annee}-{self.rang}" if self.rang else str(self.annee)

    @property
    def reference(self) -> str:
        return f"contributions-{self.cle}"

    @property
    def jours(self) -> dict[str, date | None]:
        """Quand les comptes ont été notifiés, et l'appel émis."""
        instants = {"notifie": self.fige_le, "emis": self.emis_le}
        return {quoi: le.astimezone(PARIS).date() if le else None for quoi, le in instants.items()}

    @property
    def titre(self) -> str:
        """« Appel 2027 », « Complément 2027-1 », « Régularisation 2027-2 »."""
        return f"{self.get_sorte_display()} {self.cle}"


class Contribution(LigneProuvee):
    """Ce qu'un adhérent doit pour un exercice :
    ses entrées figées, le calcul, et ce qui en est appelé.
    """

    class Decision(models.TextChoices):
        JUSTE = "juste", "Le calcul est juste"
        PRESUMER = "presumer", "Présumé sous le seuil"
        ATTENDRE = "attendre", "Attendre : pas appelé maintenant"

    HORS_PREUVE = {
        "document": HorsPreuve(
            "où est rangé un PDF qui se refait des entrées figées",
            "le PDF désigné serait un autre ; il se refait des entrées figées, qui sont prouvées",
        )
    }

    reference = models.CharField(max_length=16, unique=True, default=reference_de_contribution)
    exercice = models.ForeignKey(Exercice, on_delete=models.PROTECT, related_name="contributions")
    adherent = models.ForeignKey(Adherent, on_delete=models.PROTECT, related_name="contributions")
    # Figé : ce dont le calcul part.
    nom = models.CharField(max_length=200)
    siret = models.CharField(max_length=14)
    agents = models.PositiveIntegerField(null=True, blank=True)
    annee_de_l_effectif = models.PositiveSmallIntegerField(null=True, blank=True)
    motifs_de_l_effectif = models.JSONField(default=list, blank=True)
    effectif_a_verifier = models.BooleanField(default=False)
    origine_de_l_effectif = models.CharField(max_length=10, blank=True, default="", db_default="")
    # Ce dont une présomption part : la nature de l'adhérent et, d'une commune, sa population.
    nature = models.CharField(max_length=20, blank=True, default="", db_default="")
    habitants = models.PositiveIntegerField(null=True, blank=True)
    habitants_au = models.DateField(null=True, blank=True)
    source_des_habitants = models.CharField(max_length=120, blank=True, default="", db_default="")
    volume = models.PositiveIntegerField("nombre retenu")
    source_du_volume = models.CharField(max_length=8)
    motif_du_volume = models.CharField(max_length=200)
    creees = models.PositiveIntegerField("consultations créées")
    comptees = models.PositiveIntegerField("consultations comptées")
    consultations = models.JSONField("références comptées", default=list, blank=True)
    sha256_du_compte = models.CharField(max_length=64)
    convention = models.CharField("référence de la convention", max_length=20)
    debut = models.DateField("premier jour de la convention")
    fin = models.DateField("dernier jour de la convention", null=True, blank=True)
    fin_pour_impaye = models.BooleanField(default=False)
    # Les jours qu'aucune convention ne couvre, entre deux de l'année : le premier, le dernier.
    interruptions = models.JSONField("jours hors convention", null=True, blank=True)
    # D'une régularisation : l'estimée qu'elle reprend, et ce qui en restait, avoirs déduits.
    regularise = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="regularisation"
    )
    deja_appele = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    corrige = models.DecimalField(
        "rendu pour erreur", max_digits=12, decimal_places=2, null=True, blank=True
    )
    # Décidé par une personne, d'une exception ; le motif est dans `verification`.
    decision = models.CharField(
        max_length=8, choices=Decision, blank=True, default="", db_default=""
    )
    # Calculé : ce qui en est dû. Vide, l'adhérent n'est pas appelé.
    presumee = models.BooleanField("présumé sous le seuil", default=False, db_default=False)
    tranche = models.PositiveSmallIntegerField(null=True, blank=True)
    est_payante = models.BooleanField(default=False)
    jours = models.PositiveSmallIntegerField(default=0)
    montant = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    a_rendre = models.DecimalField(
        "avoir à l'émission", max_digits=12, decimal_places=2, default=Decimal(0)
    )
    motifs = models.JSONField(default=list, blank=True)
    anomalies = models.JSONField(default=list, blank=True)
    tranche_d_avant = models.PositiveSmallIntegerField(null=True, blank=True)
    montant_d_avant = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    verification = models.CharField("ce qu'on en a vérifié", max_length=500, blank=True)
    verifiee_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verifiee_le = models.DateTimeField(null=True, blank=True)
    # Émis.
    numero = models.PositiveIntegerField("numéro de l'appel", null=True, blank=True)
    emise_le = models.DateTimeField(null=True, blank=True)
    recue_le = models.DateField("reçue par l'adhérent", null=True, blank=True)
    document = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_contribution_par_exercice", fields=["exercice", "adherent"]
            ),
            models.UniqueConstraint(
                name="un_numero_par_appel",
                fields=["exercice", "numero"],
                condition=Q(numero__isnull=False),
            ),
            models.CheckConstraint(
                name="une_contribution_n_est_pas_negative",
                condition=Q(montant=None) | Q(montant__gte=0),
            ),
            models.CheckConstraint(
                name="qui_est_appele_a_une_tranche_et_un_effectif_ou_est_presume",
                condition=Q(montant=None)
                | Q(tranche__isnull=False, agents__isnull=False)
                | Q(tranche__isnull=False, presumee=True),
            ),
            models.CheckConstraint(
                name="une_population_a_son_jour_et_sa_source",
                condition=POPULATION_DATEE_ET_SOURCEE,
            ),
            models.CheckConstraint(
                name="un_effectif_connu_ne_se_presume_pas",
                condition=Q(presumee=False) | Q(agents=None),
            ),
            models.CheckConstraint(
                name="une_regularisation_sait_ce_qui_est_appele",
                condition=Q(regularise=None, deja_appele=None, a_rendre=0)
                | Q(regularise__isnull=False, deja_appele__gte=0, a_rendre=0)
                | Q(
                    regularise__isnull=False,
                    a_rendre__gt=0,
                    a_rendre__lte=F("deja_appele"),
                    montant=0,
                ),
            ),
            models.CheckConstraint(
                name="un_appel_numerote_est_emis_avec_son_montant",
                condition=Q(numero=None, emise_le=None)
                | Q(numero__isnull=False, emise_le__isnull=False, montant__isnull=False),
            ),
            models.CheckConstraint(
                name="une_verification_a_son_auteur",
                condition=Q(verifiee_le=None, verifiee_par=None, verification="")
                | (Q(verifiee_le__isnull=False, verifiee_par__isnull=False) & ~Q(verification="")),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def est_a_verifier(self) -> bool:
        return self.verifiee_le is None and any(
            anomalie["est_a_verifier"] for anomalie in self.anomalies
        )

    @property
    def choix(self) -> tuple[exceptions.Choix, ...]:
        """Ce qu'une personne peut décider de cette exception."""
        codes = [une["code"] for une in self.anomalies if une["est_a_verifier"]]
        return exceptions.choix_possibles(codes, est_une_regularisation=bool(self.regularise_id))

    @property
    def difference(self) -> Decimal:
        return (self.montant or Decimal(0)) - (self.montant_d_avant or Decimal(0))

    @property
    def est_appelee(self) -> bool:
        """Un montant à payer. À zéro, l'adhérent reçoit un état néant ; sans effectif, rien."""
        return bool(self.montant)


class Avoir(LigneProuvee):
    """Ce qu'une contribution émise rend : une correction s'ajoute, elle ne récrit rien."""

    class Motif(models.TextChoices):
        DEPART = "depart", "Départ en cours d'année"
        CONTESTATION = "contestation", "Contestation fondée"
        ERREUR = "erreur", "Erreur constatée"
        REGULARISATION = "regularisation", "Régularisation d'un volume estimé"

    reference = models.CharField(max_length=16, unique=True, default=reference_d_avoir)
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="avoirs")
    numero = models.PositiveIntegerField(unique=True)
    motif = models.CharField(max_length=14, choices=Motif)
    montant = models.DecimalField(max_digits=12, decimal_places=2)
    explication = models.CharField(max_length=500)
    accorde_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    accorde_le = models.DateTimeField()

    class Meta:
        ordering = ["numero"]
        constraints = [
            models.CheckConstraint(name="un_avoir_rend_quelque_chose", condition=Q(montant__gt=0)),
            models.CheckConstraint(name="un_avoir_s_explique", condition=~Q(explication="")),
            models.UniqueConstraint(
                name="un_seul_avoir_de_depart", fields=["contribution"], condition=Q(motif="depart")
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Contestation(LigneProuvee):
    """Un adhérent conteste son compte dans les trente jours.

    L'appel ne s'arrête pas : la réponse est un avoir, ou non.
    """

    class Issue(models.TextChoices):
        FONDEE = "fondee", "Fondée"
        REJETEE = "rejetee", "Rejetée"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_contestation)
    contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, related_name="contestations"
    )
    texte = models.TextField()
    ecrite_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    ecrite_le = models.DateTimeField()
    issue = models.CharField(max_length=8, choices=Issue, blank=True)
    reponse = models.TextField(blank=True)
    repondue_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    repondue_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["ecrite_le", "pk"]
        constraints = [
            models.CheckConstraint(
                name="une_contestation_dit_quelque_chose", condition=~Q(texte="")
            ),
            models.UniqueConstraint(
                name="une_contestation_ouverte_a_la_fois",
                fields=["contribution"],
                condition=Q(repondue_le=None),
            ),
            models.CheckConstraint(
                name="une_reponse_a_son_issue_et_son_auteur",
                condition=Q(repondue_le=None, repondue_par=None, issue="", reponse="")
                | (
                    Q(repondue_le__isnull=False, repondue_par__isnull=False)
                    & ~Q(issue="")
                    & ~Q(reponse="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.reference
