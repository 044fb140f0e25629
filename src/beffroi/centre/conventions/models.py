"""La convention d'un adhérent, ce qui la prouve, et ce qui la finit."""

from django.db import models
from django.db.models import F, Q

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.conventions.states import COURENT, CYCLE, Etat
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee
from formats.signature import depuis_le_dossier


def reference_de_convention() -> str:
    return reference_opaque("CV")


def reference_de_piece_de_convention() -> str:
    return reference_opaque("PC", 12)


def reference_d_avenant() -> str:
    return reference_opaque("AV")


def reference_de_litige() -> str:
    return reference_opaque("LI")


def reference_d_attestation() -> str:
    return reference_opaque("AA")


def reference_de_demande() -> str:
    return reference_opaque("DA", 12)


class ParametreDate(LigneProuvee):
    """Ce que l'exploitant a décidé, depuis quand, par quelle délibération.

    Une décision nouvelle est une ligne de plus.
    """

    nom = models.CharField(max_length=40)
    valeur = models.TextField(blank=True)
    effet_le = models.DateField()
    deliberation = models.CharField("délibération", max_length=200, blank=True)
    decide_par = models.ForeignKey(
        Utilisateur, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decide_le = models.DateTimeField()

    class Meta:
        ordering = ["nom", "-effet_le", "-decide_le", "-pk"]
        indexes = [models.Index(name="parametre_en_vigueur", fields=["nom", "effet_le"])]

    def __str__(self) -> str:
        return f"{self.nom}, {self.effet_le:%d/%m/%Y}"


class Convention(LigneProuvee):
    """Une convention, de la demande à la fin.

    Ce qui est signé ne change plus : un avenant s'y ajoute.
    """

    Etat = Etat
    CYCLE = CYCLE

    class Fondement(models.TextChoices):
        L2511_1 = "L2511-1", "Quasi-régie (CCP, art. L. 2511-1)"
        L2511_3 = "L2511-3", "Quasi-régie exercée en commun (CCP, art. L. 2511-3)"
        L2511_6 = "L2511-6", "Coopération entre acheteurs publics (CCP, art. L. 2511-6)"
        R2122_8 = "R2122-8", "Marché sans publicité ni mise en concurrence (CCP, art. R. 2122-8)"

    class Tva(models.TextChoices):
        HORS_CHAMP = "hors_champ", "Hors champ"
        EXONEREE = "exoneree", "Exonérée"
        ASSUJETTIE = "assujettie", "Assujettie"

    class Origine(models.TextChoices):
        EN_LIGNE = "en_ligne", "Demandée en ligne"
        CENTRE = "centre", "Ouverte par le centre de gestion"
        REPRISE = "reprise", "Reprise, signée hors de Beffroi"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_convention)
    adherent = models.ForeignKey(Adherent, on_delete=models.PROTECT, related_name="conventions")
    etat = models.CharField(max_length=24, choices=Etat.choices, default=Etat.DEMANDE)
    origine = models.CharField(max_length=12, choices=Origine, default=Origine.CENTRE)
    # Ce que l'acte dit de l'adhérent.
    designation = models.CharField("désignation dans l'acte", max_length=250, blank=True)
    representant = models.CharField("représentant", max_length=200, blank=True)
    signataire = models.CharField("qualité du signataire", max_length=120, blank=True)
    siege = models.CharField("siège", max_length=300, blank=True)
    contact_donnees = models.CharField(
        "contact pour les données personnelles", max_length=200, blank=True
    )
    # Ce que le centre en a décidé.
    fondement = models.CharField(max_length=8, choices=Fondement, default=Fondement.L2511_1)
    tva = models.CharField("TVA", max_length=12, choices=Tva, default=Tva.HORS_CHAMP)
    volume_estime = models.PositiveIntegerField(
        "consultations estimées par an", null=True, blank=True
    )
    tribunal = models.TextField("tribunal administratif", blank=True)
    comptable = models.TextField("service de gestion comptable", blank=True)
    date_de_l_acte = models.DateField("date portée sur l'acte", null=True, blank=True)
    # Qui recevra l'invitation à l'activation.
    interlocuteur = models.CharField(max_length=120, blank=True)
    qualite = models.CharField("qualité de l'interlocuteur", max_length=120, blank=True)
    courriel = models.EmailField(blank=True)
    # La délibération, puis les signatures.
    deliberation_numero = models.CharField("numéro de la délibération", max_length=60, blank=True)
    deliberation_date = models.DateField("date de la délibération", null=True, blank=True)
    deliberation_executoire_le = models.DateField("exécutoire le", null=True, blank=True)
    signee_par_l_adherent_le = models.DateField(null=True, blank=True)
    signee_par_le_centre_le = models.DateField(null=True, blank=True)
    # Signée avant d'entrer ici : ni délibération ni signature n'y ont été vues, une copie au mieux.
    signee_ailleurs_le = models.DateField("signée hors de Beffroi le", null=True, blank=True)
    reprise_le = models.DateTimeField(null=True, blank=True)
    # Calculés par les règles, et gardés.
    prise_d_effet = models.DateField(null=True, blank=True)
    terme = models.DateField("dernier jour de la période", null=True, blank=True)
    fin = models.DateField("dernier jour couvert", null=True, blank=True)
    fin_pour_impaye = models.BooleanField(default=False)
    motif_d_ecart = models.TextField("pourquoi elle a été écartée", blank=True)
    # Quand chaque chose a été faite.
    demandee_le = models.DateTimeField()
    envoyee_le = models.DateTimeField(null=True, blank=True)
    relancee_le = models.DateTimeField(null=True, blank=True)
    activee_le = models.DateTimeField(null=True, blank=True)
    close_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["adherent__nom", "-demandee_le"]
        constraints = [
            models.UniqueConstraint(
                name="une_convention_en_vie_par_adherent",
                fields=["adherent"],
                condition=~Q(etat="close"),
            ),
            models.CheckConstraint(
                name="une_convention_ne_prend_pas_effet_avant_sa_deliberation",
                condition=Q(prise_d_effet=None)
                | Q(prise_d_effet__gte=F("deliberation_executoire_le")),
            ),
            models.CheckConstraint(
                name="une_deliberation_n_est_pas_executoire_avant_d_etre_prise",
                condition=Q(deliberation_date=None)
                | Q(deliberation_executoire_le__gte=F("deliberation_date")),
            ),
            models.CheckConstraint(
                name="une_convention_signee_a_sa_date_d_effet",
                condition=~Q(etat__in=["signee", "active", "a_renouveler", "denoncee"])
                | (
                    Q(prise_d_effet__isnull=False)
                    & (
                        Q(deliberation_executoire_le__isnull=False)
                        | Q(signee_ailleurs_le__isnull=False)
                    )
                ),
            ),
            models.CheckConstraint(
                name="une_reprise_dit_quand_on_a_signe_et_quand_on_a_repris",
                condition=Q(signee_ailleurs_le=None, reprise_le=None)
                | Q(signee_ailleurs_le__isnull=False, reprise_le__isnull=False),
            ),
            models.CheckConstraint(
                name="une_convention_reprise_n_est_pas_signee_ici",
                condition=Q(signee_ailleurs_le=None)
                | Q(signee_par_l_adherent_le=None, signee_par_le_centre_le=None),
            ),
            models.CheckConstraint(
                name="une_convention_denoncee_a_une_fin",
                condition=~Q(etat="denoncee") | Q(fin__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}, {self.adherent}"

    @property
    def court(self) -> bool:
        """Active ou proche de son terme : elle peut encore se dénoncer."""
        return self.etat in COURENT

    @property
    def organisme_du_journal(self) -> str:
        return self.adherent.organisme.siret if self.adherent.organisme else ""


class PieceDeConvention(LigneProuvee):
    """Un fichier écrit une fois : un acte produit, une délibération, une preuve.

    Jamais remplacé, jamais retouché.
    """

    class Sorte(models.TextChoices):
        PROJET = "projet", "Projet"
        EXEMPLAIRE = "exemplaire", "Exemplaire à signer"
        ANNEXE = "annexe", "Annexe"
        DELIBERATION = "deliberation", "Délibération"
        SIGNEE_PAR_L_ADHERENT = "signee_par_l_adherent", "Signée par l'adhérent"
        SIGNEE_PAR_LE_CENTRE = "signee_par_le_centre", "Signée par le centre de gestion"
        COPIE_SIGNEE = "copie_signee", "Copie de la convention signée hors de Beffroi"
        AVENANT = "avenant", "Avenant"
        LETTRE = "lettre", "Lettre"
        PREUVE_POSTALE = "preuve_postale", "Preuve de réception"
        COPIE_AUX_ARCHIVES = "copie_aux_archives", "Copie aux Archives départementales"
        REMISE = "remise", "Remise des documents"
        LITIGE = "litige", "Échange du litige"

    reference = models.CharField(
        max_length=18, unique=True, default=reference_de_piece_de_convention
    )
    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="pieces")
    sorte = models.CharField(max_length=24, choices=Sorte)
    nom = models.CharField("nom du fichier", max_length=255)
    taille = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    constat = models.TextField(
        "ce qu'une personne y a vu, et qui", blank=True, default="", db_default=""
    )
    cle_de_stockage = models.CharField(max_length=120)
    modele = models.CharField("modèle et version", max_length=40, blank=True)
    signatures = models.JSONField(
        "signatures électroniques lues au dépôt", default=list, blank=True
    )
    signatures_illisibles = models.BooleanField(default=False)
    ajoutee_le = models.DateTimeField()

    class Meta:
        ordering = ["-ajoutee_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="une_piece_de_convention_n_est_pas_vide", condition=Q(taille__gt=0)
            )
        ]

    @property
    def phrases_des_signatures(self) -> list[str]:
        """Ce que chaque signature électronique dit, et ce qu'on en a vérifié."""
        return [depuis_le_dossier(dite).phrase for dite in self.signatures]

    def __str__(self) -> str:
        return self.nom

    @property
    def version(self) -> str:
        """Celle du modèle (« convention.1 » : 1) ; vide, pour un fichier venu d'ailleurs."""
        return self.modele.rpartition(".")[2]


class AvenantConvention(LigneProuvee):
    """Ce qui change une convention signée (ruling 33)."""

    reference = models.CharField(max_length=16, unique=True, default=reference_d_avenant)
    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="avenants")
    numero = models.PositiveSmallIntegerField("numéro")
    objet = models.TextField()
    change_la_grille = models.BooleanField(default=False)
    effet_voulu = models.DateField()
    effet_le = models.DateField("prend effet le", null=True, blank=True)
    signe_par_l_adherent_le = models.DateField(null=True, blank=True)
    signe_par_le_centre_le = models.DateField(null=True, blank=True)
    propose_le = models.DateTimeField("proposé le")

    class Meta:
        ordering = ["numero"]
        constraints = [
            models.UniqueConstraint(name="un_avenant_par_numero", fields=["convention", "numero"]),
            models.CheckConstraint(
                name="un_avenant_vaut_une_fois_signe_des_deux",
                condition=Q(effet_le=None)
                | (
                    Q(signe_par_l_adherent_le__isnull=False)
                    & Q(signe_par_le_centre_le__isnull=False)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Avenant n° {self.numero}"


class Denonciation(LigneProuvee):
    """Une lettre reçue, sa preuve, la fin qui en découle, et ce qui est rendu ensuite.

    Annulée, elle reste lisible.
    """

    class Auteur(models.TextChoices):
        ADHERENT = "adherent", "L'adhérent se retire"
        CENTRE = "centre", "Le centre de gestion résilie"
        IMPAYE = "impaye", "Décision après un défaut de paiement"

    convention = models.ForeignKey(
        Convention, on_delete=models.PROTECT, related_name="denonciations"
    )
    par = models.CharField(max_length=8, choices=Auteur)
    recue_le = models.DateField("reçue, ou présentée la première fois, le")
    premiere_presentation = models.BooleanField("lettre refusée ou non réclamée", default=False)
    motif = models.TextField(blank=True)
    fin_le = models.DateField("dernier jour couvert")
    copie_archives_le = models.DateField(
        "copie aux Archives départementales le", null=True, blank=True
    )
    # Sa propre preuve postale : numéro du recommandé, jour de la première présentation.
    archives_numero = models.CharField(
        "numéro du recommandé aux Archives", max_length=40, blank=True, default="", db_default=""
    )
    archives_presentee_le = models.DateField("présentée aux Archives le", null=True, blank=True)
    remis_le = models.DateField("export complet remis le", null=True, blank=True)
    accuse_le = models.DateField("accusé de réception de l'adhérent le", null=True, blank=True)
    efface_le = models.DateField("certificat d'effacement le", null=True, blank=True)
    notee_le = models.DateTimeField()
    annulee_le = models.DateTimeField(null=True, blank=True)
    motif_d_annulation = models.TextField(blank=True)

    class Meta:
        ordering = ["-notee_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_denonciation_en_cours_par_convention",
                fields=["convention"],
                condition=Q(annulee_le=None),
            ),
            models.CheckConstraint(
                name="une_convention_ne_finit_pas_avant_sa_denonciation",
                condition=Q(fin_le__gte=F("recue_le")),
            ),
            models.CheckConstraint(
                name="rien_ne_s_efface_sans_accuse",
                condition=Q(efface_le=None)
                | (Q(accuse_le__isnull=False) & Q(remis_le__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_par_display()}, {self.recue_le:%d/%m/%Y}"


class Litige(LigneProuvee):
    """Une contestation née de la convention (art. 6) :
    l'essai à l'amiable, puis le tribunal que la convention nomme.
    """

    class Etape(models.TextChoices):
        AMIABLE = "amiable", "Règlement amiable"
        TRIBUNAL = "tribunal", "Devant le tribunal administratif"
        CLOS = "clos", "Clos"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_litige)
    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="litiges")
    objet = models.TextField()
    etape = models.CharField(max_length=12, choices=Etape, default=Etape.AMIABLE)
    ouvert_le = models.DateField()
    issue = models.TextField(blank=True)
    clos_le = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-ouvert_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="un_litige_clos_a_une_date",
                condition=~Q(etape="clos") | Q(clos_le__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.reference


class EchangeDuLitige(LigneProuvee):
    """Une lettre, un appel, une réunion : qui, quand, quoi."""

    litige = models.ForeignKey(Litige, on_delete=models.PROTECT, related_name="echanges")
    le = models.DateField()
    de = models.CharField("de la part de", max_length=120)
    texte = models.TextField()
    piece = models.ForeignKey(
        PieceDeConvention, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note_le = models.DateTimeField("noté le")

    class Meta:
        ordering = ["le", "pk"]

    def __str__(self) -> str:
        return f"{self.de}, {self.le:%d/%m/%Y}"


class AttestationDAssurance(LigneProuvee):
    """Ce que l'article 3 déclare, prouvé : une attestation et son dernier jour."""

    class Sorte(models.TextChoices):
        ARCHIVES = "archives", "Conservation des archives"
        RESPONSABILITE = "responsabilite", "Responsabilité civile"
        CYBER = "cyber", "Risque numérique"

    reference = models.CharField(max_length=16, unique=True, default=reference_d_attestation)
    sorte = models.CharField(max_length=16, choices=Sorte)
    assureur = models.CharField(max_length=120)
    police = models.CharField("numéro de contrat", max_length=60, blank=True)
    du = models.DateField()
    au = models.DateField("dernier jour couvert")
    nom = models.CharField("nom du fichier", max_length=255)
    taille = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    cle_de_stockage = models.CharField(max_length=120)
    ajoutee_le = models.DateTimeField()

    class Meta:
        ordering = ["sorte", "-au", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="une_assurance_ne_finit_pas_avant_de_commencer", condition=Q(au__gte=F("du"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_sorte_display()}, {self.assureur}"


class DemandeDAdhesion(models.Model):
    """Ce qu'une personne écrit pour adhérer, le temps qu'elle confirme son adresse."""

    reference = models.CharField(max_length=18, unique=True, default=reference_de_demande)
    siren = models.CharField("SIREN", max_length=9)
    nom = models.CharField(max_length=200)
    nature = models.CharField(max_length=20, choices=Adherent.Nature)
    interlocuteur = models.CharField(max_length=120)
    qualite = models.CharField("qualité", max_length=120, blank=True)
    courriel = models.EmailField()
    telephone = models.CharField("téléphone", max_length=30, blank=True)
    volume_estime = models.PositiveIntegerField(null=True, blank=True)
    demandee_le = models.DateTimeField()
    confirmee_le = models.DateTimeField(null=True, blank=True)
    convention = models.ForeignKey(
        Convention, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-demandee_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_demande_en_attente_par_adresse",
                fields=["siren", "courriel"],
                condition=Q(confirmee_le=None),
            )
        ]

    def __str__(self) -> str:
        return self.nom
