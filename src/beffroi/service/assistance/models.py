"""Une demande d'assistance, ce qui s'y est dit,
les réponses toutes prêtes, les questions qui reviennent.
"""

from datetime import datetime

from django.db import models

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.service.assistance.states import CYCLE, OUVERTES, Etat
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee


def reference_de_demande() -> str:
    return reference_opaque("AS")


def reference_de_piece() -> str:
    return reference_opaque("AP")


def reference_de_modele() -> str:
    return reference_opaque("AM")


def reference_de_question() -> str:
    return reference_opaque("AQ")


class Categorie(models.TextChoices):
    """Ce que la convention met au premier niveau (art. 2), et ce qu'elle n'y met pas."""

    TECHNIQUE = "technique", "Le fonctionnement de la plateforme"
    JURIDIQUE = "juridique", "Le règlement de la consultation"
    COMPTES = "comptes", "Les comptes et les accès"
    HORS_CHAMP = "hors_champ", "Autre chose"


class MotifDeDemande(models.TextChoices):
    """Ce qui était demandé, choisi par l'agent à la clôture :
    une courte liste, pour compter sans lire un échange.
    """

    CONNEXION = "connexion", "Se connecter, recevoir un code"
    DEPOT = "depot", "Déposer une réponse"
    DOSSIER = "dossier", "Télécharger un dossier"
    SIGNATURE = "signature", "Signer, certificat"
    CLE = "cle", "Clé, séance d'ouverture"
    POSTE = "poste", "Poste, navigateur, réseau"
    ECRAN = "ecran", "Comprendre un écran"
    REGLEMENT = "reglement", "Écrire ou relire le règlement"
    PROCEDURE = "procedure", "Procédure, délais, publicité"
    ATTRIBUTION = "attribution", "Examiner, attribuer, notifier"
    EXECUTION = "execution", "Exécuter le contrat"
    DROITS = "droits", "Donner ou retirer un rôle"
    AGENT = "agent", "Arrivée ou départ d'un agent"
    ENTREPRISE = "entreprise", "Compte d'une entreprise"
    ACHETEUR = "acheteur", "Une question pour l'acheteur"
    AUTRE_SERVICE = "autre_service", "Un autre service"
    SANS_SUITE = "sans_suite", "Rien à répondre"


MOTIFS: dict[str, tuple[MotifDeDemande, ...]] = {
    Categorie.TECHNIQUE: (
        MotifDeDemande.CONNEXION,
        MotifDeDemande.DEPOT,
        MotifDeDemande.DOSSIER,
        MotifDeDemande.SIGNATURE,
        MotifDeDemande.CLE,
        MotifDeDemande.POSTE,
        MotifDeDemande.ECRAN,
    ),
    Categorie.JURIDIQUE: (
        MotifDeDemande.REGLEMENT,
        MotifDeDemande.PROCEDURE,
        MotifDeDemande.ATTRIBUTION,
        MotifDeDemande.EXECUTION,
    ),
    Categorie.COMPTES: (
        MotifDeDemande.CONNEXION,
        MotifDeDemande.DROITS,
        MotifDeDemande.AGENT,
        MotifDeDemande.ENTREPRISE,
    ),
    Categorie.HORS_CHAMP: (
        MotifDeDemande.ACHETEUR,
        MotifDeDemande.AUTRE_SERVICE,
        MotifDeDemande.SANS_SUITE,
    ),
}


class Demande(LigneProuvee):
    """Ce qu'une personne demande, par où, sur quoi, et quand le centre a promis de répondre."""

    Etat = Etat
    CYCLE = CYCLE
    HORS_PREUVE = {
        "nom": HorsPreuve(
            "donnée d'une personne : elle s'efface à la fin de sa conservation",
            "une personne serait appelée autrement ; ce qui lui a été répondu est au journal",
        ),
        "courriel": HorsPreuve(
            "donnée d'une personne : elle s'efface à la fin de sa conservation",
            "une réponse irait ailleurs ; qu'elle soit partie est au journal",
        ),
        "telephone": HorsPreuve(
            "donnée d'une personne : elle s'efface à la fin de sa conservation",
            "un rappel irait ailleurs ; qu'il ait eu lieu est au journal",
        ),
        "sujet": HorsPreuve(
            "texte d'une personne : il s'efface à la fin de sa conservation",
            "une demande serait lue autrement ; aucun droit n'en dépend",
        ),
        "mot_de_satisfaction": HorsPreuve(
            "texte d'une personne : il s'efface à la fin de sa conservation",
            "un avis serait lu autrement ; aucun droit n'en dépend",
        ),
    }

    class Canal(models.TextChoices):
        WEB = "web", "Sur le site"
        COURRIEL = "courriel", "Par courriel"
        TELEPHONE = "telephone", "Par téléphone"

    class Satisfaction(models.TextChoices):
        OUI = "oui", "Oui"
        EN_PARTIE = "en_partie", "En partie"
        NON = "non", "Non"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_demande)
    etat = models.CharField(max_length=10, choices=Etat.choices, default=Etat.RECUE)
    categorie = models.CharField(max_length=10, choices=Categorie)
    canal = models.CharField(max_length=9, choices=Canal)
    sujet = models.CharField(max_length=150)
    demandeur = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organisme = models.ForeignKey(
        Organisme, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    nom = models.CharField(max_length=120, blank=True)
    courriel = models.EmailField(max_length=254, blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    objet = models.CharField("référence de ce dont il s'agit", max_length=30, blank=True)
    limite = models.DateTimeField("heure limite de la consultation nommée", null=True, blank=True)
    recue_le = models.DateTimeField()
    promise_pour = models.DateTimeField("première réponse promise pour")
    repondue_le = models.DateTimeField("première réponse", null=True, blank=True)
    resolue_le = models.DateTimeField(null=True, blank=True)
    prise_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    fusionnee_dans = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="fusionnees"
    )
    # Vide : l'agent n'a rien précisé.
    motif = models.CharField(
        "ce qui était demandé", max_length=13, choices=MotifDeDemande, blank=True
    )
    satisfaction = models.CharField(max_length=9, choices=Satisfaction, blank=True)
    mot_de_satisfaction = models.TextField(max_length=500, blank=True)
    cle_d_envoi = models.CharField(
        "ce qui distingue un envoi d'un second clic", max_length=80, unique=True
    )

    class Meta:
        ordering = ["promise_pour", "pk"]
        indexes = [
            models.Index(
                name="demande_ouverte",
                fields=["promise_pour"],
                condition=models.Q(etat__in=sorted(OUVERTES)),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="une_demande_se_rappelle_ou_s_ecrit",
                condition=models.Q(demandeur__isnull=False)
                | ~models.Q(courriel="")
                | ~models.Q(telephone=""),
            ),
            models.CheckConstraint(
                name="une_demande_resolue_a_son_heure",
                condition=~models.Q(etat="resolue") | models.Q(resolue_le__isnull=False),
            ),
            models.CheckConstraint(
                name="une_demande_fusionnee_dit_dans_laquelle",
                condition=models.Q(etat="fusionnee", fusionnee_dans__isnull=False)
                | (~models.Q(etat="fusionnee") & models.Q(fusionnee_dans=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def organisme_du_journal(self) -> str:
        return self.organisme.siret if self.organisme else ""

    @property
    def est_ouverte(self) -> bool:
        return self.etat in OUVERTES

    @property
    def a_temps(self) -> bool | None:
        """La promesse a-t-elle été tenue ? Rien tant que personne n'a répondu."""
        return None if self.repondue_le is None else self.repondue_le <= self.promise_pour

    def en_retard(self, le: datetime) -> bool:
        return self.repondue_le is None and le > self.promise_pour


class Message(models.Model):
    """Ce qui s'est dit : par la personne, par le centre, ou entre agents du centre.

    S'ajoute, ne change pas.
    """

    class Sens(models.TextChoices):
        RECU = "recu", "La personne"
        ENVOYE = "envoye", "Le centre de gestion"
        INTERNE = "interne", "Note interne"

    demande = models.ForeignKey(Demande, on_delete=models.PROTECT, related_name="messages")
    sens = models.CharField(max_length=7, choices=Sens)
    canal = models.CharField(max_length=9, choices=Demande.Canal)
    auteur = models.CharField(max_length=150)
    texte = models.TextField()
    le = models.DateTimeField()
    # L'identifiant du courriel reçu :
    # le recevoir deux fois n'écrit qu'un message (RFC 5322, 3.6.4).
    identifiant = models.CharField(max_length=255, null=True, blank=True, unique=True)

    class Meta:
        ordering = ["le", "pk"]

    def __str__(self) -> str:
        return f"{self.demande_id}, {self.le:%Y-%m-%d %H:%M}"


class PieceDeMessage(models.Model):
    """Un fichier joint à un message, chiffré au repos : une capture d'écran, le plus souvent.

    S'efface avec lui.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_de_piece)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="pieces")
    nom = models.CharField("nom du fichier", max_length=255)
    taille = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    cle_de_stockage = models.CharField(max_length=120)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.nom


class ModeleDeReponse(models.Model):
    """Une réponse toute prête ; l'agent la relit et la complète avant de l'envoyer."""

    reference = models.CharField(max_length=16, unique=True, default=reference_de_modele)
    categorie = models.CharField(max_length=10, choices=Categorie)
    titre = models.CharField(max_length=120, unique=True)
    texte = models.TextField(max_length=4000)
    retire_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["categorie", "titre"]

    def __str__(self) -> str:
        return self.titre


class QuestionFrequente(models.Model):
    """Une question qui revient, et sa réponse, publiées pour tous :
    rien de la personne qui l'a posée.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_de_question)
    categorie = models.CharField(max_length=10, choices=Categorie)
    question = models.CharField(max_length=200)
    reponse = models.TextField(max_length=4000)
    demande = models.ForeignKey(
        Demande, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    publiee_le = models.DateTimeField()
    retiree_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["categorie", "-publiee_le", "pk"]

    def __str__(self) -> str:
        return self.question
