"""Qui est au clavier."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower

from beffroi.personnes.comptes.connexions import SessionStore
from beffroi.personnes.comptes.portees import Portee, portees_de_depot
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.fondations.requetes import la_premiere, prete
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.lignes import GestionnaireDeLignes, LigneProuvee


def reference_de_compte() -> str:
    return reference_opaque("U")


def reference_de_jeton() -> str:
    return reference_opaque("J")


def reference_d_attente() -> str:
    return reference_opaque("A")


@prete
def _de_cle(cle: int) -> "models.QuerySet[Utilisateur]":
    return Utilisateur.objects.filter(pk=cle)


class UtilisateurManager(GestionnaireDeLignes["Utilisateur"], BaseUserManager["Utilisateur"]):
    """Les comptes se retrouvent par leur adresse, sans égard à la casse."""

    def get(self, *args: Any, **kwargs: Any) -> "Utilisateur":
        """Chaque page commence par lire, par sa clé, le compte de sa séance (`get_user`)."""
        cle = kwargs.get("pk") if len(kwargs) == 1 and not args else None
        # Depuis une autre ligne, ou d'une autre base, « tous les comptes » en sont d'autres.
        de_tous = type(self) is UtilisateurManager and self._db is None
        if type(cle) is int and de_tous and (compte := la_premiere(_de_cle(cle))):
            return compte
        return super().get(*args, **kwargs)

    def get_by_natural_key(self, username: str | None) -> "Utilisateur":
        return self.get(courriel=(username or "").lower())


class Utilisateur(LigneProuvee, AbstractBaseUser):
    """Une personne et son compte.

    Ce qu'elle peut faire dépend de ses habilitations et de ses entreprises.
    """

    HORS_PREUVE = {
        "last_login": HorsPreuve(
            "une commodité de connexion",
            "l'écran dirait une autre date ; les connexions sont au journal de sécurité",
        ),
    }
    REPRISES = {"password": "hors de la preuve avant que le journal en retienne l'empreinte"}

    reference = models.CharField(max_length=16, unique=True, default=reference_de_compte)
    courriel = models.EmailField("adresse électronique", max_length=254, unique=True)
    nom = models.CharField("nom et prénom", max_length=120)
    qualite = models.CharField("qualité", max_length=120, blank=True)
    est_actif = models.BooleanField(default=True)
    cree_le = models.DateTimeField()
    revoque_le = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UtilisateurManager] = UtilisateurManager()

    # Par quoi elle agit, quand c'est un logiciel qui agit pour elle : ses rôles s'y bornent
    # (`organismes.queries.habilitations_en_cours`).
    agit_par: "JetonDApi | None" = None

    USERNAME_FIELD = "courriel"
    EMAIL_FIELD = "courriel"
    REQUIRED_FIELDS = ["nom"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="un_compte_revoque_est_inactif",
                condition=models.Q(revoque_le=None) | models.Q(est_actif=False),
            )
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Nom imposé par Django."""
        return self.est_actif

    @property
    def acteur(self) -> Acteur:
        return Acteur(reference=self.reference, libelle=self.nom)

    def clean(self) -> None:
        self.courriel = type(self).objects.normalize_email(self.courriel).lower()

    def get_full_name(self) -> str:  # nom imposé par Django
        return self.nom

    def has_perm(
        self, *_: Any
    ) -> bool:  # nom imposé par Django ; nos droits sont dans les habilitations
        return False


class Connexion(AbstractBaseSession):
    """La séance d'un navigateur, sous le compte qui l'a ouverte ; sans compte, celle d'un visiteur.

    Rien n'y prouve : elle s'efface à la déconnexion, ou vingt heures après.
    """

    utilisateur = models.ForeignKey(
        Utilisateur, null=True, on_delete=models.CASCADE, related_name="connexions"
    )

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        return SessionStore


class FichierSuspendu(models.Model):
    """Un fichier envoyé avec un acte qui attend que sa personne se prouve.

    Chiffré par la clé du service, il part avec la séance, ou un quart d'heure après.
    """

    connexion = models.ForeignKey(
        Connexion, on_delete=models.CASCADE, related_name="fichiers_suspendus"
    )
    adresse = models.CharField(max_length=500)
    champ = models.CharField(max_length=100)
    nom = models.CharField(max_length=255)
    sorte = models.CharField(max_length=255, blank=True)
    taille = models.PositiveBigIntegerField()
    octets = models.BinaryField()
    suspendu_le = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.nom}, pour {self.adresse}"


class PreuveDAdresse(LigneProuvee):
    """Qui tenait ce compte a ouvert, ce jour-là, un lien envoyé à cette adresse.

    allauth garde la sienne (`EmailAddress.verified`) pour ses écrans ; c'est ici que les droits se
    lisent, parce que le journal relit cette table.
    """

    utilisateur = models.ForeignKey(
        Utilisateur, on_delete=models.PROTECT, related_name="preuves_d_adresse"
    )
    courriel = models.EmailField("adresse électronique", max_length=254)
    le = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="une_preuve_par_compte_et_par_adresse", fields=["utilisateur", "courriel"]
            ),
            models.CheckConstraint(
                name="une_adresse_prouvee_est_en_minuscules",
                condition=models.Q(courriel=Lower("courriel")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.courriel} ({self.utilisateur})"


class EssaisManques(models.Model):
    """Combien d'essais ont échoué, pour un compte ou pour un réseau dont la base ne garde qu'une
    empreinte ; dix minutes sans échec les oublient.
    """

    cle = models.CharField(max_length=64, unique=True)
    nombre = models.PositiveIntegerField(default=0)
    dernier_le = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.nombre} essais manqués"


class PersonneAttendue(LigneProuvee):
    """Une adresse à qui l'on a donné quelque chose, et que personne n'a encore prouvée.

    Ce n'est pas un compte : elle n'entre nulle part. Elle s'efface quand l'adresse est prouvée,
    ou quand plus rien ne l'attend.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_d_attente)
    courriel = models.EmailField("adresse électronique", max_length=254, unique=True)
    nom = models.CharField("nom et prénom", max_length=120)
    qualite = models.CharField("qualité", max_length=120, blank=True)
    depuis_le = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="une_adresse_attendue_est_en_minuscules",
                condition=models.Q(courriel=Lower("courriel")),
            )
        ]

    def __str__(self) -> str:
        return self.nom or self.courriel


class JetonDApi(LigneProuvee):
    """Un jeton d'accès pour un logiciel, au nom d'une personne. Seule son empreinte est gardée."""

    HORS_PREUVE = {
        "dernier_usage_le": HorsPreuve(
            "une commodité, écrite à chaque appel",
            "l'écran dirait une autre date ; ce que le jeton a fait est au journal",
        ),
    }

    reference = models.CharField(max_length=16, unique=True, default=reference_de_jeton)
    utilisateur = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="jetons")
    libelle = models.CharField(max_length=80)
    portees = models.JSONField(default=portees_de_depot)
    empreinte = models.CharField(max_length=64, unique=True)
    cree_le = models.DateTimeField()
    expire_le = models.DateTimeField(null=True, blank=True)
    # Un jeton né avant le second facteur n'agit jamais pour un acheteur : qui l'a fait n'avait
    # prouvé que son mot de passe.
    delivre_avec_second_facteur = models.BooleanField(default=False)
    dernier_usage_le = models.DateTimeField(null=True, blank=True)
    revoque_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="un_jeton_permet_quelque_chose", condition=~models.Q(portees=[])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.libelle} ({self.utilisateur})"

    @property
    def portees_en_clair(self) -> list[str]:
        return [str(portee.label) for portee in Portee if portee.value in self.portees]
