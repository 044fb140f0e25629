"""Une consultation :
ce qui est acheté, jusqu'à quand, avec quels documents, et qui pourra ouvrir.
"""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models

from beffroi.achat.consultations.rules.procedures import PROCEDURE_ADAPTEE, RESERVEES, procedure
from beffroi.achat.consultations.states import CYCLE, Etat
from beffroi.personnes.cles.models import PaireDeCles
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.portee import GestionnaireCloisonne
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import GestionnaireDeLignes, LigneProuvee
from droit.tables import Procedure

NON_PUBLIEES = [Etat.BROUILLON, Etat.EN_RELECTURE, Etat.PROGRAMMEE]


class SansLesTechniques(GestionnaireDeLignes["Consultation"]):
    """Ce que tout le monde lit :
    la consultation où la plateforme s'éprouve elle-même n'y est jamais (ADR 0039).
    """

    def get_queryset(self) -> "models.QuerySet[Consultation]":
        return super().get_queryset().filter(technique=False)


class Consultation(LigneProuvee):
    """Une procédure d'achat public, de son brouillon à ses archives."""

    HORS_PREUVE = {
        "archive_du_dossier": HorsPreuve(
            "où est rangé un ZIP qui se recompose des documents",
            (
                "le ZIP désigné serait un autre : il se compare aux documents, qui sont prouvés, "
                "avant d'être servi"
            ),
        ),
    }

    class Nature(models.TextChoices):
        TRAVAUX = "travaux", "Travaux"
        FOURNITURES = "fournitures", "Fournitures"
        SERVICES = "services", "Services"
        CONCESSION = "concession", "Concession"

    class TypeDAcheteur(models.TextChoices):
        POUVOIR_ADJUDICATEUR = "pouvoir_adjudicateur", "Pouvoir adjudicateur"
        ENTITE_ADJUDICATRICE = "entite_adjudicatrice", "Entité adjudicatrice"

    Etat = Etat
    CYCLE = CYCLE

    reference = models.CharField(max_length=16, unique=True)
    organisme = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="consultations")
    titre = models.CharField(max_length=200)
    objet = models.TextField()
    nature = models.CharField(max_length=12, choices=Nature)
    type_de_procedure = models.CharField(
        max_length=40,
        default=PROCEDURE_ADAPTEE,
        help_text="La clé d'une procédure des tables de la loi.",
    )
    type_d_acheteur = models.CharField(
        max_length=24, choices=TypeDAcheteur, default=TypeDAcheteur.POUVOIR_ADJUDICATEUR
    )
    code_cpv = models.CharField(max_length=10, blank=True)
    lieu = models.CharField(max_length=200, blank=True)
    etat = models.CharField(max_length=16, choices=Etat.choices, default=Etat.BROUILLON)
    date_limite_remise = models.DateTimeField(null=True, blank=True)
    date_limite_questions = models.DateTimeField(null=True, blank=True)
    ouverture_prevue_le = models.DateTimeField(null=True, blank=True)
    adresse_de_remise = models.TextField("adresse pour les copies de sauvegarde", blank=True)
    redigee_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    politique_de_cles = models.CharField(
        max_length=10, choices=PaireDeCles.Politique, default="standard"
    )
    cle_candidature = models.OneToOneField(
        PaireDeCles, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cle_offre = models.OneToOneField(
        PaireDeCles, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    creee_le = models.DateTimeField()
    publiee_le = models.DateTimeField(null=True, blank=True)
    publication_prevue_le = models.DateTimeField(
        "heure dite de la publication", null=True, blank=True
    )
    publication_prevue_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    publication_empechee_le = models.DateTimeField(null=True, blank=True)
    motif_d_empechement = models.TextField(blank=True)
    rendue_le = models.DateTimeField("rendue à qui l'a rédigée", null=True, blank=True)
    rendue_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    motif_du_renvoi = models.TextField(blank=True)
    close_le = models.DateTimeField(null=True, blank=True)
    sans_suite_le = models.DateTimeField(null=True, blank=True)
    motif_sans_suite = models.TextField(blank=True)
    # L'acheteur est parti avec ses pièces :
    # elles sont effacées d'ici, et l'adresse dit où les demander.
    effacee_le = models.DateTimeField(null=True, blank=True)
    archive_du_dossier = models.CharField(
        "dossier de consultation en ZIP", max_length=120, blank=True
    )
    # Personne n'y achète rien : la sonde y dépose, et elle ne paraît nulle part.
    # La base refuse d'y toucher ensuite.
    technique = models.BooleanField("la plateforme s'y éprouve", default=False)

    toutes = SansLesTechniques()
    y_compris_techniques: ClassVar[GestionnaireDeLignes[Any]] = GestionnaireDeLignes()
    objects: ClassVar[GestionnaireCloisonne[Any]] = GestionnaireCloisonne()

    class Meta:
        # Suivre une clé étrangère mène partout ; chercher, jamais à une technique.
        base_manager_name = "y_compris_techniques"
        default_manager_name = "toutes"
        ordering = ["date_limite_remise", "pk"]
        indexes = [
            models.Index(name="consultation_par_limite", fields=["etat", "date_limite_remise"])
        ]
        constraints = [
            models.CheckConstraint(
                name="publiee_hors_brouillon",
                condition=models.Q(etat__in=NON_PUBLIEES, publiee_le=None)
                | (~models.Q(etat__in=NON_PUBLIEES) & models.Q(publiee_le__isnull=False)),
            ),
            models.CheckConstraint(
                name="programmee_avec_son_heure",
                condition=models.Q(
                    etat=Etat.PROGRAMMEE,
                    publication_prevue_le__isnull=False,
                    publication_prevue_par__isnull=False,
                )
                | (
                    ~models.Q(etat=Etat.PROGRAMMEE)
                    & (models.Q(publication_prevue_le=None) | models.Q(publiee_le__isnull=False))
                ),
            ),
            models.CheckConstraint(
                name="publication_empechee_avec_motif",
                condition=models.Q(publication_empechee_le=None, motif_d_empechement="")
                | (
                    models.Q(publication_empechee_le__isnull=False)
                    & ~models.Q(motif_d_empechement="")
                ),
            ),
            models.CheckConstraint(
                name="rendue_avec_motif",
                condition=models.Q(rendue_le=None, rendue_par=None, motif_du_renvoi="")
                | (
                    models.Q(rendue_le__isnull=False, rendue_par__isnull=False)
                    & ~models.Q(motif_du_renvoi="")
                ),
            ),
            models.CheckConstraint(
                name="publiee_avec_limite_et_cles",
                condition=models.Q(publiee_le=None)
                | models.Q(
                    date_limite_remise__isnull=False,
                    cle_candidature__isnull=False,
                    cle_offre__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} : {self.titre}"

    @property
    def organisme_du_journal(self) -> str:
        return self.organisme.siret

    @property
    def limite(self) -> datetime:
        """L'heure limite d'une consultation publiée :
        elle en a toujours une (`publiee_avec_limite_et_cles`).
        """
        if self.date_limite_remise is None:
            raise ValueError("Une consultation publiée a une heure limite.")
        return self.date_limite_remise

    @property
    def paires_de_cles(self) -> dict[str, PaireDeCles]:
        """Les clés de la consultation, par sorte d'enveloppe ;
        vide tant qu'elles ne sont pas attachées.
        """
        paires = {"candidature": self.cle_candidature, "offre": self.cle_offre}
        return {sorte: paire for sorte, paire in paires.items() if paire is not None}

    @property
    def procedure(self) -> Procedure:
        return procedure(self.type_de_procedure)

    @property
    def est_allotie(self) -> bool:
        return self.lots.exists()

    @property
    def est_reservee(self) -> bool:
        """Seules les entreprises invitées la lisent et y répondent ;
        pour les autres, elle n'existe pas.
        """
        return self.technique or self.type_de_procedure in RESERVEES

    @property
    def est_concession(self) -> bool:
        return self.nature == self.Nature.CONCESSION


class Lot(LigneProuvee):
    """Une part de l'achat à laquelle on peut répondre seule (CCP, art. L. 2113-10)."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="lots")
    numero = models.PositiveSmallIntegerField()
    intitule = models.CharField(max_length=200)
    code_cpv = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["numero"]
        constraints = [
            models.UniqueConstraint(name="un_lot_par_numero", fields=["consultation", "numero"])
        ]

    def __str__(self) -> str:
        return f"Lot {self.numero}, {self.intitule}"


class EntrepriseInvitee(LigneProuvee):
    """Une entreprise à qui une consultation réservée est ouverte,
    et l'adresse où l'invitation lui est écrite.
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="invitees"
    )
    siret = models.CharField("SIRET, ou identifiant étranger", max_length=18)
    nom = models.CharField(max_length=200)
    courriel = models.EmailField(max_length=254)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_invitation_par_entreprise", fields=["consultation", "siret"]
            )
        ]

    def __str__(self) -> str:
        return self.nom


def reference_de_piece_attendue() -> str:
    return reference_opaque("A")


class PieceAttendue(LigneProuvee):
    """Une pièce que la réponse doit contenir, dans une enveloppe, pour un lot ou pour tous."""

    class Enveloppe(models.TextChoices):
        CANDIDATURE = "candidature", "Candidature"
        OFFRE = "offre", "Offre"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_piece_attendue)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="pieces_attendues"
    )
    lot = models.ForeignKey(
        Lot, null=True, blank=True, on_delete=models.PROTECT, related_name="pieces_attendues"
    )
    enveloppe = models.CharField(max_length=12, choices=Enveloppe)
    intitule = models.CharField(max_length=120)
    formats = models.CharField(
        max_length=80, blank=True, help_text="Extensions, séparées par des virgules."
    )
    rang = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["enveloppe", "rang", "pk"]

    def __str__(self) -> str:
        return self.intitule

    @property
    def formats_lisibles(self) -> str:
        """« PDF, ODT ou DOCX »."""
        noms = [
            extension.strip().upper() for extension in self.formats.split(",") if extension.strip()
        ]
        return " ou ".join(filter(None, [", ".join(noms[:-1]), *noms[-1:]]))


def reference_de_piece() -> str:
    return reference_opaque("F")


class PieceDce(LigneProuvee):
    """Un document du dossier de consultation, dans une de ses versions.

    Publié, il ne change plus.
    """

    class Sorte(models.TextChoices):
        RC = "rc", "Règlement de la consultation"
        CCAP = "ccap", "Cahier des clauses administratives"
        CCTP = "cctp", "Cahier des clauses techniques"
        AE = "ae", "Acte d'engagement"
        PRIX = "prix", "Pièce de prix"
        PLAN = "plan", "Plans"
        AUTRE = "autre", "Autre document"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_piece)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="pieces")
    sorte = models.CharField(max_length=8, choices=Sorte, default=Sorte.AUTRE)
    intitule = models.CharField(max_length=160)
    nom = models.CharField("nom du fichier", max_length=255)
    taille = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    cle_de_stockage = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField(default=1)
    remplace = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="remplacee_par"
    )
    explication = models.CharField("ce qui change", max_length=300, blank=True)
    ajoutee_le = models.DateTimeField()
    publiee_le = models.DateTimeField(null=True, blank=True)
    retiree_le = models.DateTimeField(null=True, blank=True)
    rang = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["rang", "pk"]
        constraints = [
            models.CheckConstraint(
                name="retiree_apres_avoir_ete_publiee",
                condition=models.Q(retiree_le=None) | models.Q(publiee_le__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.intitule} (version {self.version})"


class MembreQuiOuvre(LigneProuvee):
    """Une personne désignée pour ouvrir cette consultation."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="membres_qui_ouvrent"
    )
    utilisateur = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    designe_le = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="un_membre_par_consultation", fields=["consultation", "utilisateur"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.utilisateur} pour {self.consultation_id}"


class ChangementPublie(LigneProuvee):
    """Ce qui a changé depuis la publication, tel que la page publique le raconte."""

    class Sorte(models.TextChoices):
        DOCUMENT = "document", "Un document a changé"
        DELAI = "delai", "L'heure limite a changé"
        SANS_SUITE = "sans_suite", "La consultation est sans suite"
        GARDIENS = "gardiens", "Les gardiens des clés sont appelés"
        QUESTION = "question", "Une réponse est donnée à une question"

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="changements"
    )
    sorte = models.CharField(max_length=12, choices=Sorte)
    texte = models.CharField(max_length=500)
    le = models.DateTimeField()

    class Meta:
        ordering = ["-le", "-pk"]

    def __str__(self) -> str:
        return f"{self.consultation_id} : {self.texte}"
