"""Un partage d'écran : qui a accepté, qui a vu, quand, comment il a fini.

Jamais ce qui a été vu.
"""

from django.db import models

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.service.assistance.models import Demande
from beffroi.service.teleassistance import rules
from beffroi.service.teleassistance.states import A_DEUX, CYCLE, SEULE, VIFS, Etat
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee


def reference_de_partage() -> str:
    # Le code dicté s'en déduit : elle ne se devine pas.
    return reference_opaque("TA", 16)


class Cote(models.TextChoices):
    """Qui des deux a parlé, ou mis fin ; la plateforme met fin à ce qui dure trop."""

    PERSONNE = rules.PERSONNE, "La personne"
    CENTRE = rules.CENTRE, "Le centre de gestion"
    PLATEFORME = "plateforme", "La plateforme"


class AccordEnAttente(models.Model):
    """Un accord donné, dont personne n'a encore tapé le code : rien n'a pu être vu.

    Il n'est pas au registre : rejoint, il devient un partage, qui l'y écrit ; sinon il s'efface.
    Sa fenêtre le lit comme un partage que personne n'a rejoint.
    """

    montre_le = rejoint_le = rejoint_par = None
    est_a_deux = False
    se_parle_ici = False

    reference = models.CharField(max_length=20, unique=True, default=reference_de_partage)
    etat = models.CharField(max_length=8, choices=Etat.choices, default=Etat.CONSENTI)
    personne = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    demande = models.ForeignKey(
        Demande, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    texte_accepte = models.CharField("empreinte du texte accepté", max_length=64)
    consenti_le = models.DateTimeField()
    code_jusqu_au = models.DateTimeField("le code vaut jusqu'au")
    fini_le = models.DateTimeField(null=True, blank=True)
    fini_par = models.CharField(max_length=10, choices=Cote, blank=True)

    class Meta:
        ordering = ["-consenti_le", "-pk"]
        indexes = [models.Index(name="accord_en_attente", fields=["consenti_le"])]
        constraints = [
            models.CheckConstraint(
                name="un_accord_ne_se_montre_pas", condition=models.Q(etat__in=sorted(SEULE))
            )
        ]

    def __str__(self) -> str:
        return self.reference


class Partage(LigneProuvee):
    """Un accord, un code, un agent, un début, une fin.

    Rien de ce qui a été montré, dit ou écrit.
    """

    Etat = Etat
    CYCLE = CYCLE

    reference = models.CharField(max_length=20, unique=True, default=reference_de_partage)
    etat = models.CharField(max_length=8, choices=Etat.choices, default=Etat.CONSENTI)
    # Sans compte, le lien signé tient lieu de personne.
    personne = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    demande = models.ForeignKey(
        Demande, null=True, blank=True, on_delete=models.PROTECT, related_name="partages"
    )
    texte_accepte = models.CharField("empreinte du texte accepté", max_length=64)
    consenti_le = models.DateTimeField()
    code_jusqu_au = models.DateTimeField("le code vaut jusqu'au")
    rejoint_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rejoint_le = models.DateTimeField(null=True, blank=True)
    montre_le = models.DateTimeField("premier écran montré", null=True, blank=True)
    fini_le = models.DateTimeField(null=True, blank=True)
    fini_par = models.CharField(max_length=10, choices=Cote, blank=True)

    class Meta:
        ordering = ["-consenti_le", "-pk"]
        indexes = [
            models.Index(
                name="partage_vif",
                fields=["consenti_le"],
                condition=models.Q(etat__in=sorted(VIFS)),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="un_partage_vif_n_est_pas_fini",
                condition=models.Q(etat__in=sorted(VIFS), fini_le=None, fini_par="")
                | (
                    ~models.Q(etat__in=sorted(VIFS))
                    & models.Q(fini_le__isnull=False)
                    & ~models.Q(fini_par="")
                ),
            ),
            models.CheckConstraint(
                name="un_partage_a_deux_dit_avec_qui",
                condition=~models.Q(etat__in=sorted(A_DEUX))
                | models.Q(rejoint_par__isnull=False, rejoint_le__isnull=False),
            ),
            models.CheckConstraint(
                name="rien_ne_se_montre_avant_que_l_agent_soit_la",
                condition=models.Q(montre_le=None) | models.Q(rejoint_le__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def organisme_du_journal(self) -> str:
        return self.demande.organisme_du_journal if self.demande else ""

    @property
    def est_vif(self) -> bool:
        return self.etat in VIFS

    @property
    def est_a_deux(self) -> bool:
        return self.etat in A_DEUX

    @property
    def se_parle_ici(self) -> bool:
        return self.est_a_deux and rules.peut_parler_ici(texte_accepte=self.texte_accepte)


class Signal(models.Model):
    """Ce qu'un navigateur dit à l'autre pour le joindre :
    des adresses de réseau, effacées dès la fin.
    """

    partage = models.ForeignKey(Partage, on_delete=models.CASCADE, related_name="signaux")
    cote = models.CharField(max_length=10, choices=Cote)
    genre = models.CharField(max_length=10)
    corps = models.TextField(max_length=rules.OCTETS_D_UN_SIGNAL)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.partage_id} {self.genre}"


class CodeFaux(models.Model):
    """Un code faux tapé par un agent : de quoi ralentir qui essaierait au hasard.

    Effacé dix minutes après.
    """

    agent = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.agent_id} {self.le}"
