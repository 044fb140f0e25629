"""Un contrat : ce qu'il dit, qui le tient, ses pièces, et tout ce qui lui arrive ensuite."""

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from beffroi.achat.consultations.models import Consultation, Lot
from beffroi.choix.echanges.models import Exemplaire
from beffroi.contrat.marches.rules.modifications import FONDEMENTS
from beffroi.contrat.marches.states import CYCLE, Etat
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.portee import GestionnaireCloisonne
from beffroi.reponse.depots.models import Pli
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import GestionnaireDeLignes, LigneProuvee
from formats.signature import depuis_le_dossier

RIEN = Decimal(0)
CHOIX_DU_FONDEMENT = [(cle, libelle) for cle, (libelle, _, _) in FONDEMENTS.items()]


def reference_de_marche() -> str:
    return reference_opaque("MA")


def reference_de_piece_du_marche() -> str:
    return reference_opaque("PM", 12)


def reference_de_modification() -> str:
    return reference_opaque("MO")


def somme_ht(libelle: str, **options: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(libelle, max_digits=14, decimal_places=2, **options)


class Marche(LigneProuvee):
    """Un contrat de la commande publique, né d'une attribution ou conclu ailleurs.

    Signé, ce qu'il dit ne change plus.
    """

    Etat = Etat
    CYCLE = CYCLE

    class Nature(models.TextChoices):
        MARCHE = "marche", "Marché"
        ACCORD_CADRE = "accord_cadre", "Accord-cadre"
        MARCHE_SUBSEQUENT = "marche_subsequent", "Marché subséquent"
        CONCESSION = "concession", "Concession"

    class Prestation(models.TextChoices):
        TRAVAUX = "travaux", "Travaux"
        FOURNITURES = "fournitures", "Fournitures"
        SERVICES = "services", "Services"

    class FormeDePrix(models.TextChoices):
        FORFAITAIRE = "forfaitaire", "Forfaitaire"
        UNITAIRE = "unitaire", "Unitaire"
        MIXTE = "mixte", "Mixte"

    class Groupement(models.TextChoices):
        SEUL = "", "Pas de groupement"
        CONJOINT = "conjoint", "Groupement conjoint"
        SOLIDAIRE = "solidaire", "Groupement solidaire"

    class Transmission(models.TextChoices):
        A_DIRE = "", "À dire"
        REQUISE = "requise", "Oui, avant de notifier"
        NON_REQUISE = "non_requise", "Non"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_marche)
    organisme = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="marches")
    # Vides pour un contrat conclu ailleurs, ou sans publicité.
    consultation = models.ForeignKey(
        Consultation, null=True, blank=True, on_delete=models.PROTECT, related_name="marches"
    )
    lot = models.ForeignKey(
        Lot, null=True, blank=True, on_delete=models.PROTECT, related_name="marches"
    )
    pli = models.ForeignKey(
        Pli, null=True, blank=True, on_delete=models.PROTECT, related_name="marches"
    )
    variante = models.PositiveSmallIntegerField("variante, 0 pour la base", default=0)
    accord_cadre = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="marches_subsequents"
    )
    etat = models.CharField(max_length=12, choices=Etat.choices, default=Etat.A_SIGNER)
    numero = models.CharField("numéro", max_length=16)
    objet = models.CharField(max_length=1000)
    nature = models.CharField(max_length=20, choices=Nature, default=Nature.MARCHE)
    prestation = models.CharField(max_length=12, choices=Prestation)
    procedure = models.CharField("clé de la procédure dans les tables de la loi", max_length=40)
    montant = somme_ht("montant initial, hors taxes")
    maximum = somme_ht("maximum de l'accord-cadre, hors taxes", null=True, blank=True)
    duree_en_mois = models.PositiveSmallIntegerField("durée en mois")
    forme_de_prix = models.CharField(max_length=12, choices=FormeDePrix)
    groupement = models.CharField(
        max_length=12, choices=Groupement, default=Groupement.SEUL, blank=True
    )
    ccag = models.CharField("CCAG", max_length=80, blank=True)
    code_cpv = models.CharField("code CPV", max_length=10)
    lieu = models.CharField("code postal ou de commune du lieu d'exécution", max_length=5)
    offres_recues = models.PositiveSmallIntegerField("offres reçues", default=1)
    considerations_sociales = models.JSONField(default=list, blank=True)
    considerations_environnementales = models.JSONField(default=list, blank=True)
    # Le contrôle de légalité.
    transmission = models.CharField(
        max_length=12, choices=Transmission, default=Transmission.A_DIRE, blank=True
    )
    motif_de_transmission = models.CharField(
        "pourquoi il se transmet, ou non", max_length=500, blank=True
    )
    # Ce qui s'est passé, jour par jour.
    signe_par_le_titulaire_le = models.DateField(null=True, blank=True)
    signe_le = models.DateField("signé par l'acheteur le", null=True, blank=True)
    transmis_le = models.DateField(null=True, blank=True)
    notifie_le = models.DateField("notification reçue le", null=True, blank=True)
    notification = models.ForeignKey(
        Exemplaire,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="par la messagerie",
    )
    avis_d_attribution_le = models.DateField("avis d'attribution envoyé le", null=True, blank=True)
    fini_le = models.DateField("fin de l'exécution, ou de la résiliation", null=True, blank=True)
    motif_de_fin = models.TextField(blank=True)
    solde_le = models.DateField("solde payé le", null=True, blank=True)
    cree_le = models.DateTimeField()

    toutes = GestionnaireDeLignes()
    objects: ClassVar[GestionnaireCloisonne[Any]] = GestionnaireCloisonne()

    class Meta:
        base_manager_name = "toutes"
        default_manager_name = "toutes"
        ordering = ["-cree_le", "-pk"]
        constraints = [
            models.UniqueConstraint(name="un_numero_par_acheteur", fields=["organisme", "numero"]),
            models.UniqueConstraint(
                name="un_contrat_par_offre_d_un_lot",
                fields=["pli", "lot"],
                condition=Q(lot__isnull=False) & ~Q(etat="abandonne"),
            ),
            models.UniqueConstraint(
                name="un_contrat_par_offre_sans_lot",
                fields=["pli"],
                condition=Q(lot=None) & ~Q(etat="abandonne"),
            ),
            models.UniqueConstraint(
                name="un_contrat_en_vie_par_lot",
                fields=["consultation", "lot"],
                condition=Q(consultation__isnull=False, lot__isnull=False) & ~Q(etat="abandonne"),
            ),
            models.UniqueConstraint(
                name="un_contrat_en_vie_sans_lot",
                fields=["consultation"],
                condition=Q(consultation__isnull=False, lot=None) & ~Q(etat="abandonne"),
            ),
            models.CheckConstraint(name="un_contrat_a_un_montant", condition=Q(montant__gt=0)),
            models.CheckConstraint(
                name="un_accord_cadre_a_un_maximum",
                condition=~Q(nature="accord_cadre") | Q(maximum__gt=0),
            ),
            models.CheckConstraint(
                name="un_contrat_conclu_est_signe",
                condition=Q(etat__in=["a_signer", "abandonne"]) | Q(signe_le__isnull=False),
            ),
            models.CheckConstraint(
                name="un_contrat_prend_effet_une_fois_notifie",
                condition=Q(etat__in=["a_signer", "signe", "transmis", "abandonne"])
                | Q(notifie_le__isnull=False),
            ),
            models.CheckConstraint(
                name="un_contrat_a_transmettre_est_transmis_avant_d_etre_notifie",
                condition=Q(notifie_le=None)
                | ~Q(transmission="requise")
                | Q(transmis_le__isnull=False, transmis_le__lte=F("notifie_le")),
            ),
            models.CheckConstraint(
                name="signe_transmis_notifie_se_suivent",
                condition=(Q(transmis_le=None) | Q(transmis_le__gte=F("signe_le")))
                & (Q(notifie_le=None) | Q(notifie_le__gte=F("signe_le"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.numero} : {self.objet}"

    @property
    def organisme_du_journal(self) -> str:
        return self.organisme.siret

    @property
    def est_une_concession(self) -> bool:
        return self.nature == self.Nature.CONCESSION


class Titulaire(LigneProuvee):
    """Qui tient le contrat ; en groupement, le mandataire a le rang 1.

    Remplacé, il reste lisible.
    """

    marche = models.ForeignKey(Marche, on_delete=models.PROTECT, related_name="titulaires")
    rang = models.PositiveSmallIntegerField(default=1)
    siret = models.CharField("SIRET, ou identifiant étranger", max_length=18)
    nom = models.CharField(max_length=200)
    depuis_le = models.DateField(null=True, blank=True)
    jusqu_au = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["rang", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="un_titulaire_par_rang", fields=["marche", "rang"], condition=Q(jusqu_au=None)
            )
        ]

    def __str__(self) -> str:
        return self.nom


class PieceDuMarche(LigneProuvee):
    """Un fichier du contrat, gardé une fois, avec son empreinte.

    Jamais remplacé, jamais retouché.
    """

    class Sorte(models.TextChoices):
        A_SIGNER = "a_signer", "Acte d'engagement à signer"
        SIGNE_PAR_LE_TITULAIRE = "signe_par_le_titulaire", "Signé par le titulaire"
        SIGNE = "signe", "Signé des deux parties"
        TRANSMISSION = "transmission", "Preuve de transmission au préfet"
        NOTIFICATION = "notification", "Preuve de notification"
        MODIFICATION = "modification", "Modification"
        SOUS_TRAITANCE = "sous_traitance", "Acte de sous-traitance"
        COMMANDE = "commande", "Bon de commande"
        FIN = "fin", "Décision de résiliation ou de réception"
        AUTRE = "autre", "Autre pièce"

    reference = models.CharField(max_length=18, unique=True, default=reference_de_piece_du_marche)
    marche = models.ForeignKey(Marche, on_delete=models.PROTECT, related_name="pieces")
    sorte = models.CharField(max_length=24, choices=Sorte)
    nom = models.CharField("nom du fichier", max_length=255)
    taille = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    cle_de_stockage = models.CharField(max_length=120)
    signatures = models.JSONField(
        "signatures électroniques lues au dépôt", default=list, blank=True
    )
    signatures_illisibles = models.BooleanField(default=False)
    ajoutee_le = models.DateTimeField()

    class Meta:
        ordering = ["-ajoutee_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="une_piece_du_marche_n_est_pas_vide", condition=Q(taille__gt=0)
            )
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def phrases_des_signatures(self) -> list[str]:
        """Ce que chaque signature électronique dit, et ce qu'on en a vérifié."""
        return [depuis_le_dossier(dite).phrase for dite in self.signatures]


class Modification(LigneProuvee):
    """Ce qui change un contrat en cours : un fondement, un motif, un calcul gardé.

    Signée, elle ne change plus.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_de_modification)
    marche = models.ForeignKey(Marche, on_delete=models.PROTECT, related_name="modifications")
    numero = models.PositiveSmallIntegerField("numéro")
    fondement = models.CharField(max_length=20, choices=CHOIX_DU_FONDEMENT)
    motif = models.TextField()
    montant = somme_ht("montant ajouté ou retiré, hors taxes", default=RIEN)
    mois_en_plus = models.SmallIntegerField("mois ajoutés ou retirés", default=0)
    calcul = models.TextField("le calcul, tel qu'il a été montré", blank=True)
    article = models.CharField(max_length=40)
    avis_requis = models.BooleanField("avis de modification à publier", default=False)
    avis_le = models.DateField("avis de modification envoyé le", null=True, blank=True)
    remplace = models.ForeignKey(
        Titulaire,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="titulaire remplacé",
    )
    nouveau_siret = models.CharField("SIRET du nouveau titulaire", max_length=18, blank=True)
    nouveau_nom = models.CharField("nom du nouveau titulaire", max_length=200, blank=True)
    signee_le = models.DateField()
    notifiee_le = models.DateField()
    publiee_le = models.DateTimeField("données essentielles publiées le", null=True, blank=True)
    notee_le = models.DateTimeField()

    class Meta:
        ordering = ["numero"]
        constraints = [
            models.UniqueConstraint(
                name="une_modification_par_numero", fields=["marche", "numero"]
            ),
            models.CheckConstraint(
                name="une_modification_se_notifie_une_fois_signee",
                condition=Q(notifiee_le__gte=F("signee_le")),
            ),
        ]

    def __str__(self) -> str:
        return f"Modification n° {self.numero}"


class ActeDeSousTraitance(LigneProuvee):
    """Un sous-traitant accepté, et le montant qui lui revient."""

    marche = models.ForeignKey(Marche, on_delete=models.PROTECT, related_name="sous_traitances")
    numero = models.PositiveSmallIntegerField("numéro")
    siret = models.CharField("SIRET", max_length=18)
    nom = models.CharField(max_length=200)
    prestations = models.CharField(max_length=500)
    montant = somme_ht("montant maximal, hors taxes")
    duree_en_mois = models.PositiveSmallIntegerField("durée en mois")
    notifie_le = models.DateField("notifié le")
    piece = models.ForeignKey(PieceDuMarche, on_delete=models.PROTECT, related_name="+")
    publie_le = models.DateTimeField("données essentielles publiées le", null=True, blank=True)
    note_le = models.DateTimeField()

    class Meta:
        ordering = ["numero"]
        constraints = [
            models.UniqueConstraint(
                name="une_sous_traitance_par_numero", fields=["marche", "numero"]
            ),
            models.CheckConstraint(
                name="une_sous_traitance_a_un_montant", condition=Q(montant__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"Acte n° {self.numero}, {self.nom}"


class BonDeCommande(LigneProuvee):
    """Une commande d'un accord-cadre. Annulée, elle ne consomme plus et reste lisible."""

    marche = models.ForeignKey(Marche, on_delete=models.PROTECT, related_name="commandes")
    # Vide quand l'accord-cadre n'a qu'un titulaire : c'est lui.
    titulaire = models.ForeignKey(
        Titulaire, null=True, blank=True, on_delete=models.PROTECT, related_name="commandes"
    )
    numero = models.CharField("numéro", max_length=20)
    objet = models.CharField(max_length=500)
    montant = somme_ht("montant, hors taxes")
    emis_le = models.DateField()
    piece = models.ForeignKey(
        PieceDuMarche, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    annule_le = models.DateField(null=True, blank=True)
    motif_d_annulation = models.CharField(max_length=500, blank=True)
    note_le = models.DateTimeField()

    class Meta:
        ordering = ["emis_le", "pk"]
        constraints = [
            models.UniqueConstraint(name="une_commande_par_numero", fields=["marche", "numero"]),
            models.CheckConstraint(name="une_commande_a_un_montant", condition=Q(montant__gt=0)),
            models.CheckConstraint(
                name="une_commande_annulee_dit_pourquoi",
                condition=Q(annule_le=None, motif_d_annulation="")
                | (Q(annule_le__isnull=False) & ~Q(motif_d_annulation="")),
            ),
        ]

    def __str__(self) -> str:
        return self.numero
