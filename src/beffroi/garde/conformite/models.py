"""Une trace de sécurité ; une demande de droit sur ses données."""

from datetime import date

from django.db import models

from beffroi.centre.conventions.models import Convention
from beffroi.garde.conformite.states import CYCLE, OUVERTES, Etat
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee
from droit.dates import en_toutes_lettres


def reference_de_demande() -> str:
    return reference_opaque("DD")


class TraceDeSecurite(models.Model):
    """Un fait de sécurité : qui, d'où, quand, sur quoi.

    Des références seulement ; s'ajoute, et s'efface à douze mois.
    """

    class Fait(models.TextChoices):
        CONNEXION = "connexion", "Connexion"
        DECONNEXION = "deconnexion", "Déconnexion"
        REFUS = "refus", "Connexion refusée"
        CODE = "code", "Second facteur donné"
        REFUS_DU_CODE = "refus_du_code", "Second facteur refusé"
        REPRISE = "reprise", "Identité prouvée de nouveau"
        REFUS_DE_REPRISE = "refus_de_reprise", "Nouvelle preuve d'identité refusée"
        ACCES_REFUSE = "acces_refuse", "Page refusée"
        ALERTE = "alerte", "Compte qui insiste"
        MOT_DE_PASSE = "mot_de_passe", "Mot de passe changé"
        FACTEUR = "facteur", "Second facteur changé"
        COMPTE = "compte", "Compte"
        ROLE = "role", "Rôle"
        JETON = "jeton", "Jeton d'API"
        CLE = "cle", "Clé ou gardien"
        INTERVENTION = "intervention", "Intervention du centre"
        REGLAGE = "reglage", "Administration"
        LECTURE = "lecture", "Journal de sécurité exporté"
        PURGE = "purge", "Journal de sécurité purgé"

    fait = models.CharField(max_length=16, choices=Fait)
    le = models.DateTimeField()
    compte = models.CharField("référence de qui agit", max_length=16, blank=True)
    objet = models.CharField("référence de ce qui est touché", max_length=40, blank=True)
    precision = models.CharField("acte, ou sorte de facteur", max_length=60, blank=True)
    adresse = models.GenericIPAddressField("adresse de réseau", null=True, blank=True)
    logiciel = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["-le", "-pk"]
        indexes = [
            models.Index(name="trace_par_date", fields=["-le"]),
            models.Index(name="trace_par_compte", fields=["compte", "-le"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_fait_display()}, {self.le:%Y-%m-%d %H:%M}"


class LotDeTraces(models.Model):
    """Des traces que le journal a engagées ensemble, par une seule empreinte.

    Elle y reste, sous cet aléa qui s'efface avec elles : elle ne dira plus rien de personne.
    """

    ecriture = models.PositiveBigIntegerField(primary_key=True)
    alea = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"lot de l'écriture n° {self.ecriture}"


class DemandeDeDroit(LigneProuvee):
    """Ce qu'une personne demande sur ses données,
    et ce que le centre lui répond, dans le mois (RGPD, art. 12, § 3).
    """

    Etat = Etat
    CYCLE = CYCLE
    HORS_PREUVE = {
        "nom": HorsPreuve(
            "donnée d'une personne : elle s'efface à la fin de sa conservation",
            "une personne serait appelée autrement ; les dates et la décision sont prouvées",
        ),
        "courriel": HorsPreuve(
            "donnée d'une personne : elle s'efface à la fin de sa conservation",
            "une réponse irait ailleurs ; qu'elle soit partie est au journal",
        ),
        "texte": HorsPreuve(
            "texte d'une personne : il s'efface à la fin de sa conservation",
            "une demande serait lue autrement ; le droit demandé et la décision sont prouvés",
        ),
        "motif_de_prolongation": HorsPreuve(
            "dit à une personne : il s'efface à la fin de sa conservation",
            "un motif serait lu autrement ; que le délai ait été prolongé est au journal",
        ),
        "reponse": HorsPreuve(
            "dite à une personne : elle s'efface à la fin de sa conservation",
            (
                "une réponse serait lue autrement ; la personne a la sienne, et la décision est "
                "prouvée"
            ),
        ),
    }

    class Droit(models.TextChoices):
        ACCES = "acces", "Voir ce que vous savez de moi"
        RECTIFICATION = "rectification", "Corriger une erreur"
        EFFACEMENT = "effacement", "Effacer mes données"
        LIMITATION = "limitation", "Suspendre leur usage"
        OPPOSITION = "opposition", "M'opposer à leur usage"
        PORTABILITE = "portabilite", "Recevoir mes données dans un fichier"

    class Decision(models.TextChoices):
        FAITE = "faite", "C'est fait"
        EN_PARTIE = "en_partie", "C'est fait en partie"
        REFUSEE = "refusee", "C'est refusé"
        AILLEURS = "ailleurs", "C'est à l'acheteur de répondre : nous la lui transmettons"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_demande)
    etat = models.CharField(max_length=11, choices=Etat.choices, default=Etat.A_CONFIRMER)
    droit = models.CharField(max_length=13, choices=Droit)
    compte = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    nom = models.CharField(max_length=120, blank=True)
    courriel = models.EmailField(max_length=254, blank=True)
    texte = models.TextField(max_length=4000, blank=True)
    recue_le = models.DateTimeField()
    repondre_avant = models.DateField("dernier jour pour répondre")
    motif_de_prolongation = models.TextField(max_length=1000, blank=True)
    decision = models.CharField(max_length=9, choices=Decision, blank=True)
    reponse = models.TextField(max_length=8000, blank=True)
    repondue_le = models.DateTimeField(null=True, blank=True)
    repondue_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cle_d_envoi = models.CharField(
        "ce qui distingue un envoi d'un second clic", max_length=80, unique=True
    )

    class Meta:
        ordering = ["repondre_avant", "pk"]
        constraints = [
            models.CheckConstraint(
                name="une_demande_de_droit_repondue_dit_sa_decision",
                condition=(
                    models.Q(etat="repondue", repondue_le__isnull=False) & ~models.Q(decision="")
                )
                | (~models.Q(etat="repondue") & models.Q(repondue_le=None, decision="")),
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def est_a_confirmer(self) -> bool:
        return self.etat == Etat.A_CONFIRMER

    @property
    def est_ouverte(self) -> bool:
        return self.etat in OUVERTES

    def en_retard(self, le: date) -> bool:
        return self.est_ouverte and le > self.repondre_avant


class FinDeSousTraitance(LigneProuvee):
    """La clause de l'article 28 est finie : par qui, quand, et ce que les données sont devenues.

    Elle ne reprend pas.
    """

    class Sort(models.TextChoices):
        EFFACEES = "effacees", "Rendues, puis effacées"
        GARDEES = "gardees", "Rendues ; ce qu'un texte oblige à garder l'est encore"

    convention = models.OneToOneField(
        Convention, on_delete=models.PROTECT, related_name="fin_de_sous_traitance"
    )
    finie_le = models.DateField("clause finie le")
    sort = models.CharField("ce que les données sont devenues", max_length=8, choices=Sort)
    rendues_le = models.DateField()
    effacees_le = models.DateField("effacées le", null=True, blank=True)
    texte = models.CharField("texte qui oblige à garder", max_length=300, blank=True)
    par = models.CharField("qui l'a finie", max_length=200)
    notee_le = models.DateTimeField("notée le")

    class Meta:
        ordering = ["-finie_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="des_donnees_effacees_le_sont_un_jour",
                condition=~models.Q(sort="effacees") | models.Q(effacees_le__isnull=False),
            ),
            models.CheckConstraint(
                name="des_donnees_gardees_le_sont_par_un_texte",
                condition=~models.Q(sort="gardees") | ~models.Q(texte=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.convention}, {self.finie_le:%d/%m/%Y}"

    @property
    def dite(self) -> str:
        """Qui, quand, et ce que les données sont devenues,
        tel que les écrans et l'annexe le disent.
        """
        rendues = f"Données rendues le {en_toutes_lettres(self.rendues_le)}"
        effacees = (
            f", effacées le {en_toutes_lettres(self.effacees_le)}" if self.effacees_le else ""
        )
        gardees = f" Une part se garde : {self.texte}." if self.texte else ""
        return (
            f"Finie le {en_toutes_lettres(self.finie_le)} par {self.par}. "
            f"{rendues}{effacees}.{gardees}"
        )
