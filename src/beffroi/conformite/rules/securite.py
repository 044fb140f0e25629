"""Ce qu'une trace de sécurité retient : quel acte est de sécurité, de quel logiciel il vient, jusqu'à quand on la garde."""

from datetime import datetime, timedelta

# Délibération CNIL 2021-122 : de six mois à un an. Le jour dit aussi la garde posée en base (migration 0002).
CONSERVATION = timedelta(days=365)

SECONDES_ENTRE_DEUX_ACCES_REFUSES = 60

# Les actes du journal des procédures qui sont aussi de sécurité : le début de leur nom, et ce que la trace en dit.
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
# Dans l'ordre : Edge et Chrome se disent aussi Safari, et Android se dit aussi Linux.
NAVIGATEURS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMES = (
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def fait_de_l_acte(acte: str) -> str:
    """Ce que cet acte du journal est pour la sécurité ; vide s'il n'en est pas un."""
    return next((fait for debut, fait in ACTES if acte.startswith(debut)), "")


def logiciel(annonce: str) -> str:
    """Le navigateur et le système, de nos mots : ce qu'un visiteur annonce de lui ne se garde pas tel quel."""
    navigateur = next((nom for marque, nom in NAVIGATEURS if marque in annonce), "")
    systeme = next((nom for marque, nom in SYSTEMES if marque in annonce), "")
    return ", ".join(nom for nom in (navigateur, systeme) if nom) or "autre"


def seuil(le: datetime) -> datetime:
    """Ce qui est plus ancien que cet instant ne se garde plus."""
    return le - CONSERVATION
