"""Ce qu'une trace de sécurité retient :
quel acte est de sécurité, de quel logiciel il vient, jusqu'à quand on la garde.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

# Délibération CNIL 2021-122 : de six mois à un an.
# Le jour dit aussi la garde posée en base (migration 0002).
CONSERVATION = timedelta(days=365)

# Une habilitation retirée, un vieux lien, un onglet oublié font quelques refus ; une personne n'en
# fait pas vingt dans l'heure. Qui essaie des références au hasard y est en une minute, et n'en a
# encore trouvé aucune : elles sont opaques.
REFUS_QUI_INSISTENT = 20
FENETRE_DES_REFUS = timedelta(hours=1)
# Une alerte par compte et par jour : la personne prévenue a lu, et le journal garde la suite.
ENTRE_DEUX_ALERTES = timedelta(days=1)

# Les actes du journal des procédures qui sont aussi de sécurité :
# le début de leur nom, et ce que la trace en dit.
ACTES: tuple[tuple[str, str], ...] = (
    ("habilitation.", "role"),
    ("utilisateur.changer_mot_de_passe", "mot_de_passe"),
    ("utilisateur.activer_second_facteur", "facteur"),
    ("utilisateur.retirer_second_facteur", "facteur"),
    ("utilisateur.changer_adresse", "compte"),
    ("utilisateur.", "compte"),
    ("compte.", "compte"),
    ("jeton.", "jeton"),
    ("intervention.", "intervention"),
    ("cles.gardien", "cle"),
    ("cles.identite", "cle"),
    ("cles.paire", "cle"),
    ("organisme.", "reglage"),
    ("parametre.", "reglage"),
    ("tarif.", "reglage"),
    ("service.", "reglage"),
    ("agents.", "role"),
)


def fait_de_l_acte(acte: str) -> str:
    """Ce que cet acte du journal est pour la sécurité ; vide s'il n'en est pas un."""
    return next((fait for debut, fait in ACTES if acte.startswith(debut)), "")


@dataclass(frozen=True)
class SuiteDUnRefus:
    """Ce que l'on écrit d'une page refusée : sa trace, et une alerte si le compte insiste."""

    trace: bool
    alerte: bool


def suite_d_un_refus(*, deja: int, alerte_recente: bool) -> SuiteDUnRefus:
    """Vingt traces par compte et par heure au plus ;
    à la vingtième, le compte insiste (convention, annexe 8, art. 2).
    """
    insiste = deja + 1 >= REFUS_QUI_INSISTENT
    return SuiteDUnRefus(trace=deja < REFUS_QUI_INSISTENT, alerte=insiste and not alerte_recente)


def seuil(le: datetime) -> datetime:
    """Ce qui est plus ancien que cet instant ne se garde plus."""
    return le - CONSERVATION
